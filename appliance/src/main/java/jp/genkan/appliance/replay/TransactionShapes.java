package jp.genkan.appliance.replay;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransactionEvent;
import jp.genkan.protocols.dns.DnsSection;
import jp.genkan.protocols.dns.DnsTransaction;
import jp.genkan.protocols.tls.TlsTransaction;

/**
 * Writes the events of transactions as {@code outputs.eve-log.types} wants them: fewer fields, others, or in an older form.
 *
 * <p>Thread rule: immutable.
 */
final class TransactionShapes {
    private static final String TYPES = "outputs.eve-log.types.";

    /** What Suricata tells of TLS without {@code extended}. */
    private static final Set<String> TLS_BASIC = Set.of("subject", "issuerdn", "session_resumed");

    /** Names in {@code tls.custom} that are not those of the fields. */
    private static final Map<String, String> TLS_NAMES =
            Map.of("issuer", "issuerdn", "not_before", "notbefore", "not_after", "notafter");

    /** Most certificates of a chain that an event shows. */
    private static final int CHAIN_MAX = 8;

    private final Predicate<String> tls;
    private final Set<String> tlsCustom;
    private final boolean tlsResumed;
    private final boolean dnsOld;
    private final boolean dnsRequests;
    private final boolean dnsResponses;
    private final Set<String> dnsTypes;
    private final Set<String> dnsFormats;

    /**
     * Reads the settings.
     *
     * @param values of the configuration, by dotted key
     */
    TransactionShapes(Map<String, String> values) {
        tlsCustom = items(values, TYPES + "tls.custom.");
        tls = tlsFields(values, tlsCustom);
        tlsResumed = isOn(values, "tls.session-resumption");
        dnsOld = values.getOrDefault(TYPES + "dns.version", "3").equals("2");
        dnsRequests = isOn(values, "dns.requests");
        dnsResponses = isOn(values, "dns.responses");
        dnsTypes = items(values, TYPES + "dns.types.");
        dnsFormats = items(values, TYPES + "dns.formats.");
    }

    private static boolean isOn(Map<String, String> values, String key) {
        return !SettingTable.isOff(values.getOrDefault(TYPES + key, "yes"));
    }

    /** The items of a list of words, small letters. */
    private static Set<String> items(Map<String, String> values, String prefix) {
        return values.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Predicate<String> tlsFields(Map<String, String> values, Set<String> custom) {
        if (!custom.isEmpty()) {
            Set<String> fields = custom.stream()
                    .map(name -> TLS_NAMES.getOrDefault(name, name))
                    .collect(Collectors.toSet());
            return fields::contains;
        }
        // without a configuration everything is told; with one, what it says
        return isOn(values, "tls.extended") ? _ -> true : TLS_BASIC::contains;
    }

    /** Writes an event, or the several that it is told as, or none. */
    boolean emit(Event event, EventSink log) {
        return event instanceof TransactionEvent told
                ? switch (told.transaction()) {
                    case TlsTransaction handshake -> emitTls(told, handshake, log);
                    case DnsTransaction message when message.eventType().equals("dns") -> emitDns(told, message, log);
                    default -> log.emit(event);
                }
                : log.emit(event);
    }

    private boolean emitTls(TransactionEvent event, TlsTransaction handshake, EventSink log) {
        if (!tlsResumed && handshake.isResumed() && handshake.serverCertificate() == null) {
            return true;
        }
        Consumer<EveFields> more = out -> certificates(handshake, out);
        return log.emit(new Shaped(event, out -> handshake.writeTo(new ShapedFields(out, "tls", tls, more))));
    }

    private void certificates(TlsTransaction handshake, EveFields out) {
        List<byte[]> chain = handshake.serverChain();
        if (chain.isEmpty()) {
            return;
        }
        Base64.Encoder base64 = Base64.getEncoder();
        if (tlsCustom.contains("certificate")) {
            out.put("certificate", base64.encodeToString(chain.getFirst()));
        }
        if (tlsCustom.contains("chain")) {
            out.array("chain");
            chain.stream().limit(CHAIN_MAX).forEach(each -> out.add(base64.encodeToString(each)));
            out.end();
        }
    }

    private boolean emitDns(TransactionEvent event, DnsTransaction message, EventSink log) {
        if (!(message.isResponse() ? dnsResponses : dnsRequests) || !isOfWantedType(message)) {
            return true;
        }
        if (dnsOld && !message.isResponse()) {
            boolean written = true;
            for (int i = 0; i < message.entries(DnsSection.QUESTION).size(); i++) {
                int question = i;
                written &= log.emit(new Shaped(event, out -> message.writeOldQuery(question, out)));
            }
            return written;
        }
        Predicate<String> kept = field -> switch (field) {
            case "answers" -> dnsFormats.isEmpty() || dnsFormats.contains("detailed");
            case "grouped" -> dnsFormats.isEmpty() || dnsFormats.contains("grouped");
            default -> true;
        };
        return log.emit(new Shaped(event, out -> {
            ShapedFields shaped = new ShapedFields(out, "dns", kept, _ -> {});
            if (dnsOld) {
                message.writeOldAnswer(shaped);
            } else {
                message.writeTo(shaped);
            }
        }));
    }

    private boolean isOfWantedType(DnsTransaction message) {
        return dnsTypes.isEmpty()
                || message.entries(DnsSection.QUESTION).stream()
                        .anyMatch(entry -> dnsTypes.contains(entry.typeName().toLowerCase(Locale.ROOT)));
    }

    /** The event of a transaction that writes itself otherwise. */
    private record Shaped(TransactionEvent event, Consumer<EveFields> fields) implements Event {
        @Override
        public String type() {
            return event.type();
        }

        @Override
        public long epochNanos() {
            return event.epochNanos();
        }

        @Override
        public FlowIdentity identity() {
            return event.identity();
        }

        @Override
        public void writeTo(EveFields out) {
            Transaction transaction = event.transaction();
            out.put("tx_id", transaction.number());
            fields.accept(out);
        }
    }
}
