package jp.genkan.ips.keyword.flow;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/** {@code flow}: state, direction, and whether a packet or the stream is looked at. */
final class FlowState {
    private FlowState() {}

    private enum Word {
        ESTABLISHED,
        NOT_ESTABLISHED,
        STATELESS,
        TO_SERVER,
        TO_CLIENT,
        ONLY_STREAM,
        NO_STREAM,
        ONLY_FRAG,
        NO_FRAG;

        static @Nullable Word of(String text) {
            return switch (text) {
                case "established" -> ESTABLISHED;
                case "not_established" -> NOT_ESTABLISHED;
                case "stateless" -> STATELESS;
                case "to_server", "from_client" -> TO_SERVER;
                case "to_client", "from_server" -> TO_CLIENT;
                case "only_stream" -> ONLY_STREAM;
                case "no_stream" -> NO_STREAM;
                case "only_frag" -> ONLY_FRAG;
                case "no_frag" -> NO_FRAG;
                default -> null;
            };
        }

        /** Words of one group exclude one another. */
        int group() {
            return switch (this) {
                case ESTABLISHED, NOT_ESTABLISHED, STATELESS -> 0;
                case TO_SERVER, TO_CLIENT -> 1;
                case ONLY_STREAM, NO_STREAM -> 2;
                case ONLY_FRAG, NO_FRAG -> 3;
            };
        }
    }

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        Set<Word> words = EnumSet.noneOf(Word.class);
        for (String part : option.unquoted().split(",", -1)) {
            String text = part.strip().toLowerCase(Locale.ROOT);
            Word word = Word.of(text);
            if (word == null) {
                throw option.badValue("\"" + text + "\" is not known");
            }
            for (Word before : words) {
                if (before.group() == word.group()) {
                    throw option.badValue(
                            text + " contradicts or repeats " + before.name().toLowerCase(Locale.ROOT));
                }
            }
            words.add(word);
        }
        rule.property(option, words);
        for (Word word : words) {
            apply(word, option, rule);
        }
    }

    private static void apply(Word word, RuleOption option, SignatureBuilder rule) throws RuleException {
        switch (word) {
            case ESTABLISHED -> rule.condition(moment -> moment.isEstablished() && !completesHandshake(moment));
            case NOT_ESTABLISHED -> rule.condition(moment -> !moment.isEstablished() || completesHandshake(moment));
            case STATELESS -> {}
            case TO_SERVER -> {
                rule.ways(Buffer.Ways.TO_SERVER, option);
                rule.condition(
                        moment -> moment.flow() != null && moment.direction().isToServer());
            }
            case TO_CLIENT -> {
                rule.ways(Buffer.Ways.TO_CLIENT, option);
                rule.condition(
                        moment -> moment.flow() != null && !moment.direction().isToServer());
            }
            case ONLY_STREAM -> rule.trait(Signature.Trait.NEEDS_STREAM);
            case NO_STREAM -> rule.trait(Signature.Trait.NEEDS_PACKET);
            case ONLY_FRAG -> rule.condition(moment -> moment.packet().reassembled);
            case NO_FRAG -> rule.condition(moment -> !moment.packet().reassembled);
        }
    }

    /**
     * The client's bare acknowledgment that completes TCP's handshake still counts as a part of it, as in Suricata, where a packet's state is that before the packet. One that carries octets does not:
     * they are a part of the conversation.
     */
    private static boolean completesHandshake(Moment moment) {
        Packet packet = moment.packet();
        Flow flow = moment.flow();
        return flow != null
                && packet.ipProtocol == IpProtocol.TCP
                && packet.ipVersion != 0
                && packet.payloadLength == 0
                && moment.transaction() == null
                && flow.toServer()
                && (packet.tcpFlags & (Packet.FIN | Packet.RST | Packet.SYN)) == 0
                && flow.sequenceSpan(true) == 1
                && flow.sequenceSpan(false) == 1;
    }
}
