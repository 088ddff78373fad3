package jp.genkan.ips.keyword.industry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.enip.CipMessage;
import jp.genkan.protocols.enip.EnipMessage;
import jp.genkan.protocols.enip.EnipNames;
import jp.genkan.protocols.enip.EnipTransaction;
import org.jspecify.annotations.Nullable;

/** Keywords of EtherNet/IP and CIP: about the request where the client's direction is looked at, about the answer in the other. Stateless. */
public final class EnipKeywords implements Family {
    private static final int STATUSES = 0x80;
    private static final int COMMANDS = 0x80;
    private static final int SERVICE_PARTS_MAX = 3;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<EnipTransaction> enip =
                new TransactionFields<>(EnipTransaction.class, Set.of(AppProtocol.ENIP), keywords, buffers);
        Map<String, Long> commands = new HashMap<>();
        for (int command = 0; command < COMMANDS; command++) {
            commands.put(EnipNames.command(command), (long) command);
        }
        Map<String, Long> statuses = new HashMap<>();
        for (int status = 0; status < STATUSES; status++) {
            statuses.put(EnipNames.status(status), (long) status);
        }
        message(enip, "enip_command", EnipMessage::command, commands);
        message(enip, "enip.status", EnipMessage::status, statuses);
        message(enip, "enip.protocol_version", message -> orNone(message.protocolVersion()), Map.of());
        message(enip, "enip.capabilities", message -> orNone(message.capability()), Map.of());
        identity(enip, "enip.vendor_id", EnipMessage.Identity::vendor);
        identity(enip, "enip.device_type", EnipMessage.Identity::deviceType);
        identity(enip, "enip.product_code", EnipMessage.Identity::productCode);
        identity(enip, "enip.revision", EnipMessage.Identity::revision);
        identity(enip, "enip.identity_status", EnipMessage.Identity::status);
        identity(enip, "enip.serial", EnipMessage.Identity::serial);
        identity(enip, "enip.state", EnipMessage.Identity::state);
        named(enip, "enip.product_name", message -> {
            EnipMessage.Identity identity = message.identity();
            return identity == null ? null : identity.name();
        });
        named(enip, "enip.service_name", EnipMessage::serviceName);
        registerCip(enip);
        keywords.add(EnipKeywords::service, "cip_service");
    }

    private static void registerCip(TransactionFields<EnipTransaction> enip) {
        cip(enip, "enip.cip_status", cip -> cip.status() < 0 ? NONE : new long[] {cip.status()});
        cip(
                enip,
                "enip.cip_extendedstatus",
                cip -> cip.extendedStatus() < 0 ? NONE : new long[] {cip.extendedStatus()});
        cip(enip, "enip.cip_class", cip -> values(cip, CipMessage.Kind.CLASS));
        cip(enip, "enip.cip_instance", cip -> values(cip, CipMessage.Kind.INSTANCE));
        cip(enip, "enip.cip_attribute", EnipKeywords::attributes);
    }

    private static final long[] NONE = {};

    private static long[] values(CipMessage cip, CipMessage.Kind kind) {
        return cip.path().stream()
                .filter(segment -> segment.kind() == kind)
                .mapToLong(CipMessage.Segment::value)
                .toArray();
    }

    /** Those that its path names, and those of a list of attributes. */
    private static long[] attributes(CipMessage cip) {
        return LongStream.concat(
                        Arrays.stream(values(cip, CipMessage.Kind.ATTRIBUTE)),
                        cip.attributes().stream().mapToLong(Integer::longValue))
                .toArray();
    }

    private static long orNone(int number) {
        return number < 0 ? NumberKeyword.NONE : number;
    }

    private static void message(
            TransactionFields<EnipTransaction> enip,
            String keyword,
            ToLongFunction<EnipMessage> field,
            Map<String, Long> names) {
        enip.number(
                Ways.BOTH,
                Progress.COMPLETE,
                (transaction, toServer) -> {
                    EnipMessage message = transaction.message(toServer);
                    return message == null ? NumberKeyword.NONE : field.applyAsLong(message);
                },
                names,
                keyword);
    }

    private static void identity(
            TransactionFields<EnipTransaction> enip, String keyword, ToLongFunction<EnipMessage.Identity> field) {
        message(
                enip,
                keyword,
                message -> {
                    EnipMessage.Identity identity = message.identity();
                    return identity == null ? NumberKeyword.NONE : field.applyAsLong(identity);
                },
                Map.of());
    }

    private static void named(
            TransactionFields<EnipTransaction> enip, String keyword, Function<EnipMessage, @Nullable String> field) {
        enip.sided(
                Ways.TO_CLIENT,
                Progress.COMPLETE,
                (transaction, toServer, out) -> {
                    EnipMessage message = transaction.message(toServer);
                    if (message != null) {
                        out.add(field.apply(message));
                    }
                },
                keyword);
    }

    private static void cip(
            TransactionFields<EnipTransaction> enip, String keyword, Function<CipMessage, long[]> field) {
        enip.numbers(
                Ways.BOTH,
                Progress.COMPLETE,
                (transaction, toServer) -> {
                    EnipMessage message = transaction.message(toServer);
                    return message == null
                            ? NONE
                            : message.services().stream()
                                    .map(field)
                                    .flatMapToLong(Arrays::stream)
                                    .toArray();
                },
                Map.of(),
                keyword);
    }

    /** {@code service}, {@code service,class} or {@code service,class,attribute}. */
    private static void service(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length > SERVICE_PARTS_MAX) {
            throw option.badValue("has at most service, class and attribute");
        }
        long[] wanted = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                wanted[i] = Long.decode(parts[i].strip());
            } catch (NumberFormatException notANumber) {
                throw option.badValue("\"" + parts[i].strip() + "\" is no number");
            }
        }
        rule.check(
                new Check.OfValue(
                        option.name(),
                        Set.of(AppProtocol.ENIP),
                        Ways.BOTH,
                        Progress.COMPLETE,
                        false,
                        moment -> asks(moment, wanted)),
                option);
    }

    private static boolean asks(Moment moment, long[] wanted) {
        if (!(moment.transaction() instanceof EnipTransaction transaction)) {
            return false;
        }
        EnipMessage message = transaction.message(moment.direction().isToServer());
        if (message == null) {
            return false;
        }
        for (CipMessage cip : message.services()) {
            if (cip.service() == wanted[0]
                    && (wanted.length < 2 || has(values(cip, CipMessage.Kind.CLASS), wanted[1]))
                    && (wanted.length < SERVICE_PARTS_MAX
                            || has(values(cip, CipMessage.Kind.ATTRIBUTE), wanted[2])
                            || cip.attributes().contains((int) wanted[2]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(long[] numbers, long wanted) {
        for (long number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }
}
