package jp.genkan.dataplane.reject;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.decode.TcpOptions;
import jp.genkan.core.frame.Packet;

/**
 * Writes the frames by which the box speaks in the place of a flow's server.
 *
 * <p>Thread rule: one worker. Nothing allocates.
 */
public final class AnswerWriter {
    /** Octets of stream in one segment: with its headers it fits the least MTU that a link with IPv6 may have (RFC 8200 §5), so every link's. */
    public static final int SEGMENT_MAX = 1_208;

    /** Octets of one datagram: what resolvers agree on for the same reason (DNS flag day 2020). */
    public static final int DATAGRAM_MAX = 1_232;

    /** Room that any frame written here fits in: 64 of link layer, 40, 32, and the octets. */
    public static final int FRAME_MAX = 1_408;

    /** The peer's clock is taken to be this much ahead of what its last segment said, so that what it has said meanwhile is older (RFC 7323 §5). */
    private static final int CLOCK_AHEAD = 1_000;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TCP_HEADER = 20;
    private static final int TIMESTAMPS = 12;
    private static final int UDP_HEADER = 8;
    private static final int WINDOW = 0xffff;
    private static final int TIMESTAMP_OPTION = 0x0101_080a;

    private final ReplyHeaders headers;
    private final TcpOptions options = new TcpOptions();

    /**
     * A writer for one kind of link.
     *
     * @param ethernet true when frames begin with two MAC addresses, which are swapped on the way back
     */
    public AnswerWriter(boolean ethernet) {
        headers = new ReplyHeaders(ethernet);
    }

    /**
     * A segment of TCP. Where the connection has timestamps it has one too: some receivers drop segments without (RFC 7323 §3.2).
     *
     * @param about a segment of the connection
     * @param toSender true when this one goes to who sent that one, false when it goes on in its place
     * @param flags of the header
     * @param octets that hold the payload
     * @return length of the frame at {@code target + offset}
     */
    public int segment(
            Packet about,
            boolean toSender,
            int sequence,
            int acknowledgment,
            int flags,
            byte[] octets,
            int from,
            int to,
            MemorySegment target,
            long offset) {
        options.read(about);
        int header = TCP_HEADER + (options.hasTimestamps ? TIMESTAMPS : 0);
        int length = header + to - from;
        long ip = headers.write(about, toSender, ReplyHeaders.ipHeader(about) + length, TCP, target, offset);
        long tcp = ip + ReplyHeaders.ipHeader(about);
        ReplyHeaders.writePorts(about, toSender, target, tcp);
        target.set(Packet.U32, tcp + 4, sequence);
        target.set(Packet.U32, tcp + 8, acknowledgment);
        target.set(ValueLayout.JAVA_BYTE, tcp + 12, (byte) (header / 4 << 4));
        target.set(ValueLayout.JAVA_BYTE, tcp + 13, (byte) flags);
        target.set(Packet.U16, tcp + 14, (short) WINDOW);
        target.set(Packet.U32, tcp + 16, 0);
        if (options.hasTimestamps) {
            int value = toSender ? options.timestampEchoReply : options.timestampValue;
            target.set(Packet.U32, tcp + 20, TIMESTAMP_OPTION);
            target.set(Packet.U32, tcp + 24, value + CLOCK_AHEAD);
            target.set(Packet.U32, tcp + 28, toSender ? options.timestampValue : options.timestampEchoReply);
        }
        MemorySegment.copy(octets, from, target, ValueLayout.JAVA_BYTE, tcp + header, to - from);
        long sum = ReplyHeaders.pseudoHeader(target, ip, length, TCP);
        target.set(Packet.U16, tcp + 16, ReplyHeaders.checksum(target, tcp, length, sum));
        return (int) (tcp + length - offset);
    }

    /**
     * A datagram back to who sent the one at hand.
     *
     * @return length of the frame at {@code target + offset}
     */
    public int datagram(Packet about, byte[] octets, MemorySegment target, long offset) {
        int length = UDP_HEADER + octets.length;
        long ip = headers.write(about, true, ReplyHeaders.ipHeader(about) + length, UDP, target, offset);
        long udp = ip + ReplyHeaders.ipHeader(about);
        ReplyHeaders.writePorts(about, true, target, udp);
        target.set(Packet.U16, udp + 4, (short) length);
        target.set(Packet.U16, udp + 6, (short) 0);
        MemorySegment.copy(octets, 0, target, ValueLayout.JAVA_BYTE, udp + UDP_HEADER, octets.length);
        long sum = ReplyHeaders.pseudoHeader(target, ip, length, UDP);
        short checksum = ReplyHeaders.checksum(target, udp, length, sum);
        target.set(Packet.U16, udp + 6, checksum == 0 ? (short) -1 : checksum); // 0 would say that there is none
        return (int) (udp + length - offset);
    }
}
