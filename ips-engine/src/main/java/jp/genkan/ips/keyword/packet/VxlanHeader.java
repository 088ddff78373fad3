package jp.genkan.ips.keyword.packet;

import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;

/** The VXLAN header (RFC 7348 §5) of a packet that carries another one over UDP. */
final class VxlanHeader {
    private static final int LENGTH = 8;
    private static final int HAS_IDENTIFIER = 0x08;

    private VxlanHeader() {}

    static long networkIdentifier(Packet packet) {
        boolean tunnel = PacketKeywords.isOver(packet, IpProtocol.UDP)
                && packet.inner() != null
                && packet.payloadLength >= LENGTH
                && (packet.u8(packet.payloadOffset) & HAS_IDENTIFIER) != 0;
        return tunnel ? packet.u32(packet.payloadOffset + 4) >>> 8 : PacketNumber.NONE;
    }
}
