package jp.genkan.ips.keyword.packet;

import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code tcp.flags}: {@code S}, {@code SA}, {@code +A}, {@code *UP}, {@code !R}, and the flags that do not matter behind a comma: {@code S,CE}. */
final class TcpFlagsKeyword implements Keyword {
    private static final int ALL = 0xff;

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted();
        int comma = text.indexOf(',');
        String before = comma < 0 ? text : text.substring(0, comma);
        BitTest.Mode mode = BitTest.Mode.EXACT;
        int wanted = 0;
        boolean named = false;
        for (int i = 0; i < before.length(); i++) {
            char letter = before.charAt(i);
            BitTest.Mode sign = BitTest.Mode.of(letter);
            if (sign != null) {
                mode = sign;
            } else if (letter != ' ') {
                wanted |= flag(letter, option);
                named = true;
            }
        }
        if (!named) {
            throw option.badValue("no flag is named");
        }
        int seen = ALL;
        for (int i = comma + 1; comma >= 0 && i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != ' ' && BitTest.Mode.of(letter) == null) {
                seen &= ~flag(letter, option);
            }
        }
        BitTest test = new BitTest(mode, wanted & seen, seen);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> {
            Packet packet = moment.packet();
            return PacketKeywords.isOver(packet, IpProtocol.TCP) && test.test(packet.tcpFlags);
        });
    }

    private static int flag(char letter, RuleOption option) throws RuleException {
        return switch (Character.toUpperCase(letter)) {
            case 'F' -> Packet.FIN;
            case 'S' -> Packet.SYN;
            case 'R' -> Packet.RST;
            case 'P' -> Packet.PSH;
            case 'A' -> Packet.ACK;
            case 'U' -> Packet.URG;
            case 'E', '2' -> Packet.ECE;
            case 'C', '1' -> Packet.CWR;
            case '0' -> 0;
            default -> throw option.badValue("\"" + letter + "\" is no flag: F S R P A U E C, 0 for none");
        };
    }
}
