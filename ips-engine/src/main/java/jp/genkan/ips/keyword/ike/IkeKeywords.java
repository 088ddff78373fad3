package jp.genkan.ips.keyword.ike;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.ike.IkeNames;
import jp.genkan.protocols.ike.IkeTransaction;
import org.jspecify.annotations.Nullable;

/** Keywords of IKE. Each message is a transaction, which has only the direction that it went. Stateless. */
public final class IkeKeywords implements Family {
    private static final Set<AppProtocol> IKE = Set.of(AppProtocol.IKE);
    private static final String VENDOR = "ike.vendor";

    /** The family. */
    public IkeKeywords() {}

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<IkeTransaction> ike = new TransactionFields<>(IkeTransaction.class, IKE, keywords, buffers);
        ike.text(Ways.TO_SERVER, Progress.COMPLETE, IkeTransaction::initiatorSpi, "ike.init_spi");
        ike.text(Ways.TO_CLIENT, Progress.COMPLETE, IkeTransaction::responderSpi, "ike.resp_spi");
        ike.octets(Ways.BOTH, Progress.COMPLETE, IkeTransaction::keyExchange, "ike.key_exchange_payload");
        ike.octets(Ways.BOTH, Progress.COMPLETE, IkeTransaction::nonce, "ike.nonce_payload");
        length(ike, IkeTransaction::keyExchange, "ike.key_exchange_payload_length");
        length(ike, IkeTransaction::nonce, "ike.nonce_payload_length");
        ike.number(
                Ways.BOTH, Progress.COMPLETE, (message, toServer) -> message.exchangeType(), Map.of(), "ike.exchtype");
        ike.tested(Ways.TO_CLIENT, Progress.COMPLETE, IkeKeywords::chosen, "ike.chosen_sa_attribute");
        buffers.add(new Buffer(
                VENDOR,
                Buffer.Origin.TRANSACTION,
                IKE,
                Ways.TO_SERVER,
                Progress.COMPLETE,
                true,
                BufferTable.reading(
                        IkeTransaction.class,
                        (message, toServer, out) -> message.vendors().forEach(out::add))));
        keywords.add((option, rule) -> vendor(option, rule, buffers), VENDOR);
    }

    private static void length(
            TransactionFields<IkeTransaction> ike, Function<IkeTransaction, byte @Nullable []> field, String keyword) {
        ike.number(
                Ways.BOTH,
                Progress.COMPLETE,
                (message, toServer) -> {
                    byte[] octets = field.apply(message);
                    return octets == null ? NumberKeyword.NONE : octets.length;
                },
                Map.of(),
                keyword);
    }

    /** A sticky buffer; with a value, one of the identifications has to be that one. */
    private static void vendor(RuleOption option, SignatureBuilder rule, BufferTable buffers) throws RuleException {
        if (option.value() == null) {
            rule.select(buffers.get(VENDOR), option);
            return;
        }
        String wanted = option.unquoted().strip().toLowerCase(Locale.ROOT);
        rule.check(
                new Check.OfValue(
                        option.name(),
                        IKE,
                        Ways.TO_SERVER,
                        Progress.COMPLETE,
                        false,
                        moment -> moment.transaction() instanceof IkeTransaction message
                                && message.vendors().contains(wanted)),
                option);
    }

    /** {@code name=value}; also the other tests of numbers, as in {@code name>5}. */
    private static Predicate<IkeTransaction> chosen(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        int end = 0;
        while (end < text.length() && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        int type = IkeNames.attributeType(text.substring(0, end));
        if (type < 0 || end == text.length()) {
            throw option.badValue("an attribute and its value are wanted: alg_enc=7");
        }
        NumberTest test = NumberTest.parse(text.substring(end), Map.of(), option);
        return message -> {
            long value = message.chosenAttribute(type);
            return value >= 0 && test.test(value);
        };
    }
}
