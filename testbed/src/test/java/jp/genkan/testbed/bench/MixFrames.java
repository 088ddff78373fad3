package jp.genkan.testbed.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import jp.genkan.core.capture.CaptureWriter;
import jp.genkan.core.decode.Checksum;
import jp.genkan.core.frame.IpProtocol;

/**
 * Ethernet frames with IPv4 and TCP or UDP, with sound checksums, straight into a capture. The clock goes on by a little with each frame.
 *
 * <p>Thread rule: one thread.
 */
final class MixFrames {
    /** Octets of TCP data in a full frame of 1,514 octets, time stamps aside. */
    static final int SEGMENT_MAX = 1_460;

    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int UDP = 8;
    private static final int TCP = 20;
    private static final int TRANSPORT_AT = ETHERNET + IP;
    private static final long FIRST_NANOS = 1_750_000_000_000_000_000L;

    /** About what a full frame takes at 10 Gbit/s. */
    private static final long FRAME_NANOS = 1_200;

    private final CaptureWriter writer;
    private final byte[] frame = new byte[ETHERNET + IP + TCP + SEGMENT_MAX];
    private final ByteBuffer fields = ByteBuffer.wrap(frame);
    private final MemorySegment segment = MemorySegment.ofArray(frame);
    private long nanos = FIRST_NANOS;
    private long octets;

    MixFrames(CaptureWriter writer) {
        this.writer = writer;
    }

    /** Octets of all frames so far. */
    long octets() {
        return octets;
    }

    /** A TCP segment; at most {@link #SEGMENT_MAX} octets of data. */
    void tcp(
            MixFlow flow,
            boolean toServer,
            int flags,
            int sequence,
            int acknowledgment,
            byte[] data,
            int from,
            int length)
            throws IOException {
        begin(flow, toServer, IpProtocol.TCP, TCP + length);
        fields.putInt(TRANSPORT_AT + 4, sequence);
        fields.putInt(TRANSPORT_AT + 8, acknowledgment);
        fields.putShort(TRANSPORT_AT + 12, (short) (TCP / 4 << 12 | flags));
        fields.putShort(TRANSPORT_AT + 14, (short) 0xffff);
        fields.putInt(TRANSPORT_AT + 16, 0);
        finish(IpProtocol.TCP, TRANSPORT_AT + 16, TCP, data, from, length);
    }

    /** A datagram. */
    void udp(MixFlow flow, boolean toServer, byte[] data, int length) throws IOException {
        begin(flow, toServer, IpProtocol.UDP, UDP + length);
        fields.putShort(TRANSPORT_AT + 4, (short) (UDP + length));
        fields.putShort(TRANSPORT_AT + 6, (short) 0);
        finish(IpProtocol.UDP, TRANSPORT_AT + 6, UDP, data, 0, length);
    }

    private void begin(MixFlow flow, boolean toServer, int protocol, int length) {
        fields.putInt(0, 0x0200_0000).putShort(4, (short) (toServer ? 2 : 1));
        fields.putInt(6, 0x0200_0000).putShort(10, (short) (toServer ? 1 : 2));
        fields.putShort(12, (short) 0x0800);
        fields.putShort(ETHERNET, (short) 0x4500);
        fields.putShort(ETHERNET + 2, (short) (IP + length));
        fields.putInt(ETHERNET + 4, 0x4000); // don't fragment
        fields.putShort(ETHERNET + 8, (short) (64 << 8 | protocol));
        fields.putShort(ETHERNET + 10, (short) 0);
        fields.putInt(ETHERNET + 12, toServer ? flow.client() : flow.server());
        fields.putInt(ETHERNET + 16, toServer ? flow.server() : flow.client());
        fields.putShort(ETHERNET + 10, (short) Checksum.finish(Checksum.add(0, segment, ETHERNET, IP)));
        fields.putShort(TRANSPORT_AT, (short) (toServer ? flow.clientPort() : flow.serverPort()));
        fields.putShort(TRANSPORT_AT + 2, (short) (toServer ? flow.serverPort() : flow.clientPort()));
    }

    private void finish(int protocol, int checksumAt, int head, byte[] data, int from, int length) throws IOException {
        MemorySegment.copy(data, from, segment, ValueLayout.JAVA_BYTE, TRANSPORT_AT + head, length);
        long sum = Checksum.add(0, segment, ETHERNET + 12, 8);
        sum = Checksum.addU16(Checksum.addU16(sum, protocol), head + length);
        int checksum = Checksum.finish(Checksum.add(sum, segment, TRANSPORT_AT, head + length));
        fields.putShort(checksumAt, (short) (checksum == 0 && protocol == IpProtocol.UDP ? 0xffff : checksum));
        int whole = TRANSPORT_AT + head + length;
        writer.write(nanos, segment, 0, whole, whole);
        nanos += FRAME_NANOS;
        octets += whole;
    }
}
