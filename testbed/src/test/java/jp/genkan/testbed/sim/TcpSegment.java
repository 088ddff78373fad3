package jp.genkan.testbed.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TCP segment in IPv4 in Ethernet (RFC 9293 §3.1, RFC 791 §3.1), for the simulated hosts.
 */
final class TcpSegment {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int TCP = 20;
    private static final int WINDOW = 65_535;

    /** The last octet of address 10.0.0.x and of the MAC. */
    final int source;

    final int destination;
    final int sourcePort;
    final int destinationPort;
    final int sequence;
    final int acknowledgment;
    final int flags;
    final byte[] payload;

    TcpSegment(
            int source,
            int destination,
            int sourcePort,
            int destinationPort,
            int sequence,
            int acknowledgment,
            int flags,
            byte[] payload) {
        this.source = source;
        this.destination = destination;
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
        this.sequence = sequence;
        this.acknowledgment = acknowledgment;
        this.flags = flags;
        this.payload = payload;
    }

    /** The whole frame, checksums right. */
    byte[] toFrame() {
        byte[] bytes = new byte[ETHERNET + IP + TCP + payload.length];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.putInt(0x02000000).putShort((short) destination);
        frame.putInt(0x02000000).putShort((short) source);
        frame.putShort((short) 0x0800);
        frame.putInt(0x45000000 | IP + TCP + payload.length);
        frame.putInt(0x00004000); // do not fragment
        frame.putInt(0x40060000);
        frame.putInt(0x0a000000 | source).putInt(0x0a000000 | destination);
        frame.putShort((short) sourcePort).putShort((short) destinationPort);
        frame.putInt(sequence).putInt(acknowledgment);
        frame.putShort((short) (0x5000 | flags)).putShort((short) WINDOW);
        frame.putInt(0);
        frame.put(payload);
        frame.putShort(ETHERNET + 10, checksum(bytes, ETHERNET, IP, 0));
        int pseudoHeader = sum(bytes, ETHERNET + 12, 8) + 6 + TCP + payload.length;
        frame.putShort(ETHERNET + IP + 16, checksum(bytes, ETHERNET + IP, TCP + payload.length, pseudoHeader));
        return bytes;
    }

    /** The segment in this frame, or null when it holds none or a checksum is wrong. */
    static @Nullable TcpSegment parse(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        if (bytes.length < ETHERNET + IP + TCP || frame.getShort(12) != 0x0800 || bytes[14] != 0x45 || bytes[23] != 6) {
            return null;
        }
        int length = Short.toUnsignedInt(frame.getShort(ETHERNET + 2)) - IP;
        int pseudoHeader = sum(bytes, ETHERNET + 12, 8) + 6 + length;
        if (length + IP + ETHERNET > bytes.length
                || checksum(bytes, ETHERNET, IP, 0) != 0
                || checksum(bytes, ETHERNET + IP, length, pseudoHeader) != 0) {
            return null;
        }
        int header = (bytes[ETHERNET + IP + 12] >> 4 & 15) * 4;
        return new TcpSegment(
                bytes[29],
                bytes[33],
                Short.toUnsignedInt(frame.getShort(34)),
                Short.toUnsignedInt(frame.getShort(36)),
                frame.getInt(38),
                frame.getInt(42),
                bytes[47],
                Arrays.copyOfRange(bytes, ETHERNET + IP + header, ETHERNET + IP + length));
    }

    /** What a card makes of a super-frame, whose checksum is left to it: segments of this much payload. */
    static List<byte[]> cut(byte[] superFrame, int size) {
        ByteBuffer frame = ByteBuffer.wrap(superFrame);
        int header = ETHERNET + IP + (superFrame[ETHERNET + IP + 12] >> 4 & 15) * 4;
        List<byte[]> frames = new ArrayList<>();
        for (int at = header; at < superFrame.length; at += size) {
            int to = Math.min(at + size, superFrame.length);
            frames.add(new TcpSegment(
                            superFrame[29],
                            superFrame[33],
                            Short.toUnsignedInt(frame.getShort(34)),
                            Short.toUnsignedInt(frame.getShort(36)),
                            frame.getInt(38) + at - header,
                            frame.getInt(42),
                            to == superFrame.length ? superFrame[47] : superFrame[47] & ~FIN,
                            Arrays.copyOfRange(superFrame, at, to))
                    .toFrame());
        }
        return frames;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private static short checksum(byte[] bytes, int offset, int length, int initial) {
        int sum = initial + sum(bytes, offset, length);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** RFC 1071 sum, not yet folded; 64 KB cannot overflow it. */
    private static int sum(byte[] bytes, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[offset + i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        return sum;
    }
}
