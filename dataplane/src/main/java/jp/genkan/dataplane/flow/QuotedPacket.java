package jp.genkan.dataplane.flow;

import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;

/** The packet that an ICMP or ICMPv6 error quotes (RFC 792, RFC 4443 §3): its addresses and ports, as far as they are there. */
final class QuotedPacket {
    private static final int ICMP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int PORTS = 4;

    private QuotedPacket() {}

    /**
     * Sets the key of the flow that is quoted.
     *
     * @return false when this is no error, or it quotes neither TCP nor UDP
     */
    static boolean setKey(Packet packet, FlowKey key) {
        if (!isError(packet)) {
            return false;
        }
        long at = packet.transportOffset + ICMP_HEADER;
        long end = packet.ipOffset + packet.ipLength;
        return packet.ipProtocol == FlowRecord.ICMP ? quoted4(packet, at, end, key) : quoted6(packet, at, end, key);
    }

    private static boolean isError(Packet packet) {
        int type = packet.sourcePort;
        if (packet.ipProtocol == FlowRecord.ICMP) {
            return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
        }
        return packet.ipProtocol == FlowRecord.ICMPV6 && type >= 1 && type <= 4;
    }

    private static boolean quoted4(Packet packet, long at, long end, FlowKey key) {
        if (end - at < IPV4_HEADER + PORTS || packet.u8(at) >>> 4 != 4) {
            return false;
        }
        int headerLength = (packet.u8(at) & 0xf) * 4;
        int protocol = packet.u8(at + 9);
        boolean laterFragment = (packet.u16(at + 6) & 0x1fff) != 0;
        if (headerLength < IPV4_HEADER || end - at < headerLength + PORTS || laterFragment || !hasPorts(protocol)) {
            return false;
        }
        long source = Address.MAPPED_PREFIX | packet.u32(at + 12) & 0xffff_ffffL;
        long destination = Address.MAPPED_PREFIX | packet.u32(at + 16) & 0xffff_ffffL;
        setKey(packet, 0, source, 0, destination, at + headerLength, protocol, key);
        return true;
    }

    private static boolean quoted6(Packet packet, long at, long end, FlowKey key) {
        if (end - at < IPV6_HEADER + PORTS || packet.u8(at) >>> 4 != 6 || !hasPorts(packet.u8(at + 6))) {
            return false;
        }
        setKey(
                packet,
                packet.u64(at + 8),
                packet.u64(at + 16),
                packet.u64(at + 24),
                packet.u64(at + 32),
                at + IPV6_HEADER,
                packet.u8(at + 6),
                key);
        return true;
    }

    private static boolean hasPorts(int protocol) {
        return protocol == FlowRecord.TCP || protocol == FlowRecord.UDP;
    }

    private static void setKey(
            Packet packet,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            long portsAt,
            int protocol,
            FlowKey key) {
        key.set(
                sourceHigh,
                sourceLow,
                destinationHigh,
                destinationLow,
                packet.u16(portsAt),
                packet.u16(portsAt + 2),
                true,
                protocol,
                FlowKey.linkOf(packet));
    }
}
