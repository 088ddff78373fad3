package jp.genkan.dataplane.reject;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.port.PortQueue;

/**
 * Changes numbers in the header of a TCP segment that goes on, and its checksum with them (RFC 1624).
 *
 * <p>Thread rule: stateless. Nothing allocates.
 */
public final class SegmentEditor {
    private static final int NEEDS_CHECKSUM = 1;
    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;

    private SegmentEditor() {}

    /** Says another sequence number. */
    public static void sequence(Packet packet, int sequence) {
        number(packet, SEQUENCE, packet.tcpSequence, sequence);
        packet.tcpSequence = sequence;
    }

    /** Says another acknowledgment, and another window. */
    public static void acknowledgment(Packet packet, int acknowledgment, int window) {
        number(packet, ACKNOWLEDGMENT, packet.tcpAcknowledgment, acknowledgment);
        packet.tcpAcknowledgment = acknowledgment;
        long at = packet.transportOffset + WINDOW;
        update(packet, packet.tcpWindow, window);
        packet.segment().set(Packet.U16, at, (short) window);
        packet.tcpWindow = window;
    }

    private static void number(Packet packet, int field, int before, int after) {
        packet.segment().set(Packet.U32, packet.transportOffset + field, after);
        update(packet, before >>> 16, after >>> 16);
        update(packet, before & 0xffff, after & 0xffff);
    }

    /** A checksum that the kernel or the card makes later covers the header as it will be then. */
    private static void update(Packet packet, int before, int after) {
        MemorySegment segment = packet.segment();
        long vnet = packet.frameOffset - PortQueue.VNET_HEADER_LENGTH;
        boolean later =
                packet.ingressPort != Packet.NONE && (segment.get(ValueLayout.JAVA_BYTE, vnet) & NEEDS_CHECKSUM) != 0;
        if (later || before == after) {
            return;
        }
        long at = packet.transportOffset + CHECKSUM;
        int sum = (~segment.get(Packet.U16, at) & 0xffff) + (~before & 0xffff) + after;
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        segment.set(Packet.U16, at, (short) ~sum);
    }
}
