package jp.genkan.ips.keyword.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.config.Nearest;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code frame:smb2.hdr}, {@code frame:http1.request}: a sticky buffer over a piece of a protocol's own framing. The protocol's name in front may be left out
 * where the rule is about one protocol.
 *
 * <p>Thread rule: stateless.
 */
public final class FrameKeywords implements Family {
    /** The whole direction, which every protocol over TCP has. */
    private static final String STREAM = "stream";

    private static final Set<AppProtocol> OVER_UDP_ONLY = Set.of(
            AppProtocol.MDNS,
            AppProtocol.LLMNR,
            AppProtocol.QUIC,
            AppProtocol.DHCP,
            AppProtocol.NTP,
            AppProtocol.SNMP,
            AppProtocol.TFTP,
            AppProtocol.RTP,
            AppProtocol.BITTORRENT_DHT);

    /** The types that the parsers tell, beside {@link #STREAM}. */
    private static final Map<AppProtocol, List<String>> TYPES = Map.ofEntries(
            Map.entry(AppProtocol.HTTP1, List.of("request", "response")),
            Map.entry(AppProtocol.TLS, List.of("pdu", "hdr", "data", "alert", "heartbeat", "ssl2.hdr", "ssl2.pdu")),
            Map.entry(AppProtocol.DNS, List.of("pdu")),
            Map.entry(AppProtocol.MDNS, List.of("pdu")),
            Map.entry(AppProtocol.SMTP, List.of("command_line", "data", "response_line")),
            Map.entry(
                    AppProtocol.SMB,
                    List.of(
                            "nbss.pdu",
                            "nbss.hdr",
                            "nbss.data",
                            "smb1.pdu",
                            "smb1.hdr",
                            "smb1.data",
                            "smb2.pdu",
                            "smb2.hdr",
                            "smb2.data",
                            "smb3.pdu",
                            "smb3.hdr",
                            "smb3.data")),
            Map.entry(AppProtocol.MQTT, List.of("pdu", "header", "data")),
            Map.entry(
                    AppProtocol.SIP,
                    List.of(
                            "pdu",
                            "request.line",
                            "response.line",
                            "request.headers",
                            "response.headers",
                            "request.body",
                            "response.body")),
            Map.entry(AppProtocol.WEBSOCKET, List.of("pdu", "header", "data")),
            Map.entry(AppProtocol.ENIP, List.of("pdu", "hdr", "data", "enip.item", "cip")),
            Map.entry(AppProtocol.DCERPC, List.of("pdu", "hdr", "data")));

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        for (AppProtocol protocol : AppProtocol.values()) {
            types(protocol)
                    .forEach(type -> buffers.add(new Buffer(
                            name(protocol, type),
                            Buffer.Origin.FRAME,
                            Set.of(protocol),
                            Buffer.Ways.BOTH,
                            Progress.NONE,
                            false,
                            (moment, out) -> {})));
        }
        keywords.add(FrameKeywords::compile, "frame");
    }

    private static List<String> types(AppProtocol protocol) {
        List<String> types = new ArrayList<>(TYPES.getOrDefault(protocol, List.of()));
        if (!OVER_UDP_ONLY.contains(protocol)) {
            types.add(STREAM);
        }
        return types;
    }

    /** No dot but the one before the type: the type is what stands behind the first. */
    private static String name(AppProtocol protocol, String type) {
        return "frame-" + protocol.eveName() + "." + type;
    }

    private static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String wanted = option.needValue().strip();
        Buffer buffer = inProtocolOf(rule, wanted);
        if (buffer == null) {
            buffer = named(rule, wanted);
        }
        if (buffer == null) {
            throw new RuleException(
                    RuleCode.BAD_VALUE,
                    option.valueColumn(),
                    "frame: there is no \"" + wanted + "\"",
                    Nearest.to(wanted, spellings()));
        }
        rule.select(buffer, option);
    }

    private static @Nullable Buffer inProtocolOf(SignatureBuilder rule, String type) {
        for (AppProtocol protocol : rule.header().applications()) {
            Buffer found = rule.buffers().find(name(protocol, type));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Buffer named(SignatureBuilder rule, String wanted) {
        int dot = wanted.indexOf('.');
        if (dot < 0) {
            return null;
        }
        String word = wanted.substring(0, dot);
        String type = wanted.substring(dot + 1);
        for (AppProtocol protocol : AppProtocol.values()) {
            if (word(protocol).equals(word)) {
                return rule.buffers().find(name(protocol, type));
            }
        }
        return null;
    }

    private static String word(AppProtocol protocol) {
        return protocol == AppProtocol.HTTP1 ? "http1" : protocol.eveName();
    }

    private static List<String> spellings() {
        List<String> all = new ArrayList<>();
        for (AppProtocol protocol : AppProtocol.values()) {
            types(protocol).forEach(type -> all.add(word(protocol) + "." + type));
        }
        return all;
    }
}
