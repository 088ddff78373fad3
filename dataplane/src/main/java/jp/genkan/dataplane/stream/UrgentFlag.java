package jp.genkan.dataplane.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.frame.Packet;

/** The URG flag and the urgent pointer of a TCP segment, and how to take them out of a frame. */
final class UrgentFlag {
    private static final int FLAGS_OFFSET = 12;
    private static final int CHECKSUM_OFFSET = 16;
    private static final int POINTER_OFFSET = 18;
    /** Flag of struct virtio_net_hdr: the checksum field holds only the pseudo header's sum. */
    private static final int VNET_NEEDS_CHECKSUM = 1;

    private static final int VNET_HEADER_LENGTH = 10;

    private UrgentFlag() {}

    /** Clears flag and pointer in the frame, and keeps its checksum right (RFC 1624). */
    static void clear(Packet packet) {
        long at = packet.transportOffset;
        MemorySegment bytes = packet.segment();
        int flags = packet.u16(at + FLAGS_OFFSET);
        int pointer = packet.u16(at + POINTER_OFFSET);
        int cleared = flags & ~Packet.URG;
        bytes.set(Packet.U16, at + FLAGS_OFFSET, (short) cleared);
        bytes.set(Packet.U16, at + POINTER_OFFSET, (short) 0);
        packet.tcpFlags &= ~Packet.URG;
        if (hasWholeChecksum(packet)) { // HC' = ~(~HC + ~m + m')
            int sum = ~packet.u16(at + CHECKSUM_OFFSET) & 0xffff;
            sum += (~flags & 0xffff) + cleared + (~pointer & 0xffff);
            sum = (sum & 0xffff) + (sum >>> 16);
            sum = (sum & 0xffff) + (sum >>> 16);
            bytes.set(Packet.U16, at + CHECKSUM_OFFSET, (short) ~sum);
        }
    }

    /** False when the kernel completes the checksum when it sends. */
    private static boolean hasWholeChecksum(Packet packet) {
        return packet.ingressPort == Packet.NONE
                || packet.frameOffset < VNET_HEADER_LENGTH
                || (packet.segment().get(ValueLayout.JAVA_BYTE, packet.frameOffset - VNET_HEADER_LENGTH)
                                & VNET_NEEDS_CHECKSUM)
                        == 0;
    }
}
