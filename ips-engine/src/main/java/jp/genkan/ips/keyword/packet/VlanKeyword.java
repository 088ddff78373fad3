package jp.genkan.ips.keyword.packet;

import jp.genkan.core.frame.Packet;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code vlan.id}: the identifier of a VLAN tag, of any of them, of all, or of the one that the rule names by its place. */
final class VlanKeyword implements Keyword {
    private static final int ID_BITS = 12;
    private static final int ID_MAX = 0xfff;
    private static final int ANY = Integer.MIN_VALUE;
    private static final int ALL = Integer.MAX_VALUE;

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted();
        int comma = text.indexOf(',');
        NumberTest test = PacketNumber.parse(comma < 0 ? text : text.substring(0, comma), ID_MAX, option);
        int layer = comma < 0 ? ANY : layer(text.substring(comma + 1).strip(), option);
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> test(moment.packet(), test, layer));
    }

    private static int layer(String text, RuleOption option) throws RuleException {
        if ("any".equals(text)) {
            return ANY;
        }
        if ("all".equals(text)) {
            return ALL;
        }
        try {
            int layer = Integer.parseInt(text);
            if (layer >= -Packet.VLANS_MAX && layer < Packet.VLANS_MAX) {
                return layer;
            }
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + text + "\" is no layer: any, all, or a number");
        }
        throw option.badValue("a layer is a number from " + -Packet.VLANS_MAX + " to " + (Packet.VLANS_MAX - 1));
    }

    private static boolean test(Packet packet, NumberTest test, int layer) {
        int count = packet.vlanCount;
        if (count == 0) {
            return false;
        }
        if (layer == ANY || layer == ALL) {
            for (int i = 0; i < count; i++) {
                if (test.test(id(packet, i)) == (layer == ANY)) {
                    return layer == ANY;
                }
            }
            return layer == ALL;
        }
        int index = layer < 0 ? count + layer : layer;
        return index >= 0 && index < count && test.test(id(packet, index));
    }

    private static long id(Packet packet, int index) {
        return packet.vlanIds >>> ID_BITS * index & ID_MAX;
    }
}
