package jp.genkan.ips.keyword.packet;

import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;

/** IGMP messages (RFC 1112, RFC 2236, RFC 3376): what follows the IP header is the message. */
final class IgmpMessage {
    static final int SMALLEST = 8;

    private IgmpMessage() {}

    static boolean is(Packet packet) {
        return packet.ipVersion == 4
                && packet.ipProtocol == IpProtocol.IGMP
                && !packet.isFragment()
                && length(packet) >= SMALLEST;
    }

    static long type(Packet packet) {
        return is(packet) ? packet.u8(offset(packet)) : PacketNumber.NONE;
    }

    static long offset(Packet packet) {
        return packet.ipOffset + packet.ipHeaderLength;
    }

    static int length(Packet packet) {
        return packet.ipLength - packet.ipHeaderLength;
    }
}
