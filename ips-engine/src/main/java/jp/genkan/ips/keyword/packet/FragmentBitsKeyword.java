package jp.genkan.ips.keyword.packet;

import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code fragbits}: the three bits before IPv4's fragment offset, M, D and R. */
final class FragmentBitsKeyword implements Keyword {
    private static final int FIELD = 6;
    private static final int BITS = 0xe000;
    private static final int MORE = 0x2000;
    private static final int DONT = 0x4000;
    private static final int RESERVED = 0x8000;

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        BitTest.Mode mode = BitTest.Mode.EXACT;
        int wanted = 0;
        String text = option.unquoted();
        for (int i = 0; i < text.length(); i++) {
            char letter = Character.toUpperCase(text.charAt(i));
            BitTest.Mode sign = BitTest.Mode.of(letter);
            if (sign != null) {
                mode = sign;
                continue;
            }
            wanted |= switch (letter) {
                case 'M' -> MORE;
                case 'D' -> DONT;
                case 'R' -> RESERVED;
                case ' ' -> 0;
                default -> throw option.badValue("\"" + letter + "\" is none of M, D, R, +, *, !");
            };
        }
        if (wanted == 0) {
            throw option.badValue("none of M, D, R is asked for");
        }
        BitTest test = new BitTest(mode, wanted, BITS);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> {
            Packet packet = moment.packet();
            return packet.ipVersion == 4 && test.test(packet.u16(packet.ipOffset + FIELD));
        });
    }
}
