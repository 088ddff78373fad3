package jp.genkan.dataplane.reject;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.decode.Checksum;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.port.PortQueue;

/**
 * Writes segments of TCP in the place of either end of a connection, with the options that the connection has, also such that are larger than the link takes: their
 * virtio-net header says how the kernel or the card is to cut them.
 *
 * <p>The fields are set before {@link #write}. Thread rule: one worker. Nothing allocates.
 */
public final class SegmentWriter {
    /** Room that the headers need: 64 of link layer, 40, and 60 of TCP. */
    public static final int HEADERS_MAX = ReplyHeaders.LINK_HEADER_MAX + ReplyHeaders.IPV6_HEADER + 60;

    /** Most ranges that one segment says to have (RFC 2018 §3, beside timestamps). */
    public static final int RANGES_MAX = 3;

    private static final int TCP = 6;
    private static final int TCP_HEADER = 20;
    private static final int TIMESTAMPS = 12;
    private static final int PADDED_TIMESTAMPS = 0x0101_080a;
    private static final int PADDED_RANGES = 0x0101_0500;
    private static final int CHECKSUM = 16;
    private static final byte NEEDS_CHECKSUM = 1;
    private static final byte TCP_OVER_IPV4 = 1;
    private static final byte TCP_OVER_IPV6 = 4;

    private final ReplyHeaders headers;

    public int sequence;
    public int acknowledgment;
    public int flags;
    /** As in the header, not scaled. */
    public int window;

    public boolean hasTimestamps;
    public int timestamp;
    public int timestampEcho;
    /** How many of {@link #ranges} are said. */
    public int rangeCount;
    /** Two sequence numbers each. */
    public final int[] ranges = new int[2 * RANGES_MAX];

    /**
     * A writer for one kind of link.
     *
     * @param ethernet true when frames begin with two MAC addresses
     */
    public SegmentWriter(boolean ethernet) {
        headers = new ReplyHeaders(ethernet);
    }

    /**
     * Writes a frame, and its virtio-net header before it.
     *
     * @param like a segment of the connection
     * @param back true when this one goes to who sent that one
     * @param payload holds the octets
     * @param from where they begin
     * @param length how many there are
     * @param segmentMax octets of one segment; more are for the kernel to cut
     * @return length of the frame at {@code target + offset}
     */
    public int write(
            Packet like,
            boolean back,
            MemorySegment payload,
            long from,
            int length,
            int segmentMax,
            MemorySegment target,
            long offset) {
        int header = TCP_HEADER + (hasTimestamps ? TIMESTAMPS : 0) + (rangeCount > 0 ? 4 + 8 * rangeCount : 0);
        int octets = header + length;
        int ipHeader = ReplyHeaders.ipHeader(like);
        long ip = headers.write(like, back, ipHeader + octets, TCP, target, offset);
        long tcp = ip + ipHeader;
        ReplyHeaders.writePorts(like, back, target, tcp);
        target.set(Packet.U32, tcp + 4, sequence);
        target.set(Packet.U32, tcp + 8, acknowledgment);
        target.set(ValueLayout.JAVA_BYTE, tcp + 12, (byte) (header / 4 << 4));
        target.set(ValueLayout.JAVA_BYTE, tcp + 13, (byte) flags);
        target.set(Packet.U16, tcp + 14, (short) window);
        target.set(Packet.U32, tcp + CHECKSUM, 0);
        writeOptions(target, tcp + TCP_HEADER);
        MemorySegment.copy(payload, from, target, tcp + header, length);
        long pseudo = ReplyHeaders.pseudoHeader(target, ip, octets, TCP);
        target.asSlice(offset - PortQueue.VNET_HEADER_LENGTH, PortQueue.VNET_HEADER_LENGTH)
                .fill((byte) 0);
        if (length > segmentMax) {
            cutLater(like, target, offset, tcp, header, segmentMax, pseudo);
        } else {
            target.set(Packet.U16, tcp + CHECKSUM, checksum(target, tcp, octets, pseudo));
        }
        return (int) (tcp + octets - offset);
    }

    private void writeOptions(MemorySegment target, long options) {
        long at = options;
        if (hasTimestamps) {
            target.set(Packet.U32, at, PADDED_TIMESTAMPS);
            target.set(Packet.U32, at + 4, timestamp);
            target.set(Packet.U32, at + 8, timestampEcho);
            at += TIMESTAMPS;
        }
        if (rangeCount > 0) {
            target.set(Packet.U32, at, PADDED_RANGES | 2 + 8 * rangeCount);
            for (int i = 0; i < 2 * rangeCount; i++) {
                target.set(Packet.U32, at + 4 + 4L * i, ranges[i]);
            }
        }
    }

    /** {@code struct virtio_net_hdr}: flags 0, gso_type 1, hdr_len 2, gso_size 4, csum_start 6, csum_offset 8, in the machine's byte order. */
    private static void cutLater(
            Packet like, MemorySegment target, long offset, long tcp, int header, int segmentMax, long pseudo) {
        long vnet = offset - PortQueue.VNET_HEADER_LENGTH;
        int start = (int) (tcp - offset);
        target.set(ValueLayout.JAVA_BYTE, vnet, NEEDS_CHECKSUM);
        target.set(ValueLayout.JAVA_BYTE, vnet + 1, like.ipVersion == 4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6);
        target.set(ValueLayout.JAVA_SHORT_UNALIGNED, vnet + 2, (short) (start + header));
        target.set(ValueLayout.JAVA_SHORT_UNALIGNED, vnet + 4, (short) segmentMax);
        target.set(ValueLayout.JAVA_SHORT_UNALIGNED, vnet + 6, (short) start);
        target.set(ValueLayout.JAVA_SHORT_UNALIGNED, vnet + 8, (short) CHECKSUM);
        target.set(Packet.U16, tcp + CHECKSUM, (short) ~ReplyHeaders.checksum(target, tcp, 0, pseudo));
    }

    private static short checksum(MemorySegment target, long tcp, int octets, long pseudo) {
        long folded = (pseudo & 0xffff) + (pseudo >>> 16);
        long sum = Checksum.addU16(0, (int) ((folded & 0xffff) + (folded >>> 16)));
        return (short) Checksum.finish(Checksum.add(sum, target, tcp, octets));
    }
}
