package jp.genkan.ips.keyword.event;

import java.util.Locale;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.Header;
import jp.genkan.ips.signature.HeaderWords;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code decode-event}, {@code stream-event}, {@code app-layer-event}, and {@code engine-event}, which is an older word for the first two. */
public final class EventKeywords implements Family {
    private static final String STREAM = "stream.";
    private static final EventNames DECODE_EVENTS = EventNames.of("decode.txt");
    private static final EventNames STREAM_EVENTS = EventNames.of("stream.txt");
    private static final EventNames APPLICATION_EVENTS = EventNames.of("application.txt");
    private static final Condition NEVER = moment -> false;

    /** The family. */
    public EventKeywords() {}

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        keywords.add(EventKeywords::decode, "decode-event");
        keywords.add(EventKeywords::stream, "stream-event");
        keywords.add(EventKeywords::engine, "engine-event");
        keywords.add(EventKeywords::application, "app-layer-event");
    }

    private static void engine(RuleOption option, SignatureBuilder rule) throws RuleException {
        String name = option.unquoted().strip().toLowerCase(Locale.ROOT);
        if (name.startsWith(STREAM)) {
            stream(
                    new RuleOption(
                            option.name(), name.substring(STREAM.length()), option.column(), option.valueColumn()),
                    rule);
        } else {
            decode(option, rule);
        }
    }

    private static void decode(RuleOption option, SignatureBuilder rule) throws RuleException {
        String name = DECODE_EVENTS.known(option);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(
                decoded(DecodeAnomaly.EVE_PREFIX + ("udp.hlen_invalid".equals(name) ? "udp.len_invalid" : name)));
    }

    private static Condition decoded(String eveName) {
        for (DecodeAnomaly anomaly : DecodeAnomaly.values()) {
            boolean inIpv4 = anomaly.eveName(4).equals(eveName);
            boolean inIpv6 = anomaly.eveName(6).equals(eveName);
            if (inIpv4 && inIpv6) {
                return moment -> moment.packet().has(anomaly);
            }
            if (inIpv4 || inIpv6) {
                return moment -> {
                    Packet packet = moment.packet();
                    return packet.has(anomaly) && (packet.ipVersion == 6) == inIpv6;
                };
            }
        }
        return NEVER;
    }

    private static void stream(RuleOption option, SignatureBuilder rule) throws RuleException {
        String event = STREAM + STREAM_EVENTS.known(option);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> moment.hasEvent(event));
    }

    private static void application(RuleOption option, SignatureBuilder rule) throws RuleException {
        String event = APPLICATION_EVENTS.known(option);
        int dot = event.indexOf('.');
        Header header = dot < 0 ? null : HeaderWords.find(event.substring(0, dot));
        Condition seen = moment -> moment.hasEvent(event);
        if (header == null) {
            rule.condition(seen); // about a flow whose protocol is in doubt: it has no transaction
            return;
        }
        rule.check(
                new Check.OfValue(Check.EVENT, header.applications(), Buffer.Ways.BOTH, Progress.NONE, false, seen),
                option);
    }
}
