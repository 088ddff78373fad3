package jp.genkan.ips.keyword.packet;

import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;

/** Numbers in ICMP (RFC 792, RFC 950) and ICMPv6 (RFC 4443) messages. The decoder has put type and code where other protocols have ports. */
final class IcmpFields {
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;
    private static final int MTU = 4;
    private static final int PACKET_TOO_BIG = 2;
    private static final int HEADER = 8;
    private static final int TIMESTAMP_HEADER = 20;
    private static final int MASK_HEADER = 12;

    private IcmpFields() {}

    static boolean isIcmp(Packet packet) {
        return PacketKeywords.isOver(packet, IpProtocol.ICMP) || isIcmpv6(packet);
    }

    static boolean isIcmpv6(Packet packet) {
        return PacketKeywords.isOver(packet, IpProtocol.ICMPV6);
    }

    static long identifier(Packet packet) {
        return hasIdentifier(packet) ? packet.u16(packet.transportOffset + IDENTIFIER) : PacketNumber.NONE;
    }

    static long sequence(Packet packet) {
        return hasIdentifier(packet) ? packet.u16(packet.transportOffset + SEQUENCE) : PacketNumber.NONE;
    }

    static long mtu(Packet packet) {
        boolean says = isIcmpv6(packet) && packet.sourcePort == PACKET_TOO_BIG;
        return says ? packet.u32(packet.transportOffset + MTU) & 0xffff_ffffL : PacketNumber.NONE;
    }

    /** Octets of the header of an ICMP message, by its type. */
    static int headerLength(Packet packet) {
        return switch (packet.sourcePort) {
            case 9 -> packet.ipLength; // all routers that are advertised; cut by the caller
            case 13, 14 -> TIMESTAMP_HEADER;
            case 17, 18 -> MASK_HEADER;
            default -> HEADER;
        };
    }

    private static boolean hasIdentifier(Packet packet) {
        if (!isIcmp(packet)) {
            return false;
        }
        int type = packet.sourcePort;
        if (packet.ipProtocol == IpProtocol.ICMPV6) {
            return type == 128 || type == 129; // echo
        }
        return type == 0 || type == 8 || type >= 13 && type <= 18; // echo, timestamp, information, address mask
    }
}
