package jp.genkan.ips.keyword.packet;

import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code rpc}: program, version and procedure of an ONC RPC call (RFC 5531 §9); over TCP behind a record mark. */
final class RpcKeyword implements Keyword {
    private static final long ANY = -1;
    private static final int RECORD_MARK = 4;
    private static final int HEADER = 28;
    private static final int MESSAGE_TYPE = 4;
    private static final int PROGRAM = 12;
    private static final int VERSION = 16;
    private static final int PROCEDURE = 20;
    private static final int PARTS_MAX = 3;

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length > PARTS_MAX) {
            throw option.badValue("program, version and procedure are all there is");
        }
        long program = number(parts[0], option);
        long version = parts.length > 1 ? number(parts[1], option) : ANY;
        long procedure = parts.length > 2 ? number(parts[2], option) : ANY;
        if (program == ANY) {
            throw option.badValue("the program has to be a number");
        }
        rule.trait(Signature.Trait.NEEDS_PACKET);
        rule.condition(moment -> test(moment.packet(), program, version, procedure));
    }

    private static long number(String text, RuleOption option) throws RuleException {
        String word = text.strip();
        if ("*".equals(word)) {
            return ANY;
        }
        try {
            return Integer.toUnsignedLong(Integer.parseUnsignedInt(word));
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + word + "\" is no number");
        }
    }

    private static boolean test(Packet packet, long program, long version, long procedure) {
        boolean tcp = PacketKeywords.isOver(packet, IpProtocol.TCP);
        if (!tcp && !PacketKeywords.isOver(packet, IpProtocol.UDP)) {
            return false;
        }
        int skipped = tcp ? RECORD_MARK : 0;
        long at = packet.payloadOffset + skipped;
        return packet.payloadLength - skipped >= HEADER
                && packet.u32(at + MESSAGE_TYPE) == 0
                && is(packet, at + PROGRAM, program)
                && is(packet, at + VERSION, version)
                && is(packet, at + PROCEDURE, procedure);
    }

    private static boolean is(Packet packet, long at, long wanted) {
        return wanted == ANY || (packet.u32(at) & 0xffff_ffffL) == wanted;
    }
}
