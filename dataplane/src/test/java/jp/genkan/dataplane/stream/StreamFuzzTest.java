package jp.genkan.dataplane.stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.Verdict;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any sequence of TCP packets goes through table, tracker and reassembler without an exception, and all memory comes back. A packet is eleven octets of
 * the input and its payload.
 */
class StreamFuzzTest {
    private static final int PACKET = 11;

    static Stream<Arguments> seeds() {
        byte[] random = new byte[2_000];
        new Random(1).nextBytes(random);
        return Stream.of(
                        new byte[0],
                        packets(
                                0x02, 0, 0, 0, 0x12, 0, 1, 0, 0x10, 1, 1, 5, 0x11, 3, 1, 9, 0x10, 2, 4, 40, 0x04, 9, 9,
                                0),
                        packets(
                                0x30, 5, 5, 9, 0x10, 0, 5, 9, 0x18, 2, 5, 9, 0x02, 7, 0, 3, 0x14, 5, 5, 0, 0x10, 0, 0,
                                1),
                        random)
                .map(bytes -> Arguments.of((Object) bytes));
    }

    /** Flags, sequence, acknowledgment and payload length of packets in turn from client and server. */
    private static byte[] packets(int... fields) {
        ByteBuffer bytes = ByteBuffer.allocate(fields.length / 4 * 60);
        for (int i = 0; i < fields.length; i += 4) {
            bytes.put((byte) (i / 4 & 1))
                    .put((byte) fields[i])
                    .put((byte) fields[i + 1])
                    .put((byte) 0);
            bytes.put((byte) fields[i + 2])
                    .put((byte) 0)
                    .put((byte) 0x40)
                    .put((byte) 0)
                    .put((byte) 0);
            bytes.put((byte) 0).put((byte) fields[i + 3]);
            bytes.put(new byte[fields[i + 3]]);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @MethodSource("seeds")
    @FuzzTest
    void survivesInline(byte[] input) {
        for (LimitPolicy policy : LimitPolicy.values()) {
            run(
                    input,
                    new StreamReassembler(
                            StreamMode.INLINE,
                            OverlapPolicy.LINUX,
                            UrgentPolicy.CLEAR,
                            InvalidPolicy.DROP,
                            policy,
                            new StreamLimits(5_000, 12, 24, 2, 0)));
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void survivesPassive(byte[] input) {
        for (OverlapPolicy policy : OverlapPolicy.values()) {
            run(
                    input,
                    new StreamReassembler(
                            StreamMode.PASSIVE,
                            policy,
                            UrgentPolicy.PASS,
                            InvalidPolicy.DROP,
                            LimitPolicy.OPEN,
                            new StreamLimits(5_000, 12, 24, 2, 0)));
        }
    }

    private static void run(byte[] input, StreamReassembler reassembler) {
        try (StreamBench bench = new StreamBench(reassembler)) {
            ByteBuffer bytes = ByteBuffer.wrap(input);
            while (bytes.remaining() >= PACKET) {
                one(bench, bytes);
            }
        }
    }

    private static void one(StreamBench bench, ByteBuffer bytes) {
        int what = bytes.get();
        int flags = bytes.get() & 0xff;
        int sequence = bytes.getShort();
        int acknowledgment = bytes.getShort();
        int window = bytes.getShort() & 0xffff;
        int control = bytes.get() & 0xff;
        int length = bytes.getShort() & 0x7ff;
        byte[] payload = new byte[Math.min(length, bytes.remaining())];
        bytes.get(payload);
        if ((what & 0x40) != 0) {
            sequence += 0x7fff_0000;
        }
        Packet packet = bench.segments.tcp((what & 1) == 0, flags, sequence, acknowledgment, window, payload);
        if ((control & 0x0f) == 1) {
            packet.mark(DecodeAnomaly.TCP_CHECKSUM);
        } else if ((control & 0x0f) == 2) {
            packet.side = Side.OUTSIDE;
        } else if ((control & 0x0f) == 3) {
            bench.table.unsettleAll();
        } else if ((control & 0x0f) == 4) {
            bench.table.resyncAll();
        } else if ((control & 0x0f) == 5) {
            bench.settleNext = true;
        }
        bench.verdict = (control & 0xf0) == 0x10 ? Verdict.DROP : Verdict.FORWARD;
        bench.send(packet);
    }
}
