package jp.genkan.core.fragment;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Frames;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A train of raw packets, each behind an octet that says how long it is. */
class IpReassemblerFuzzTest {
    private static final OverlapPolicy[] POLICIES = OverlapPolicy.values();

    static Stream<Arguments> seeds() {
        return Frames.everyKind().stream()
                .filter(frame -> frame.length < 200)
                .map(frame -> Arguments.of((byte) OverlapPolicy.LINUX.ordinal(), train(frame)));
    }

    private static byte[] train(byte[] frame) {
        byte[] packet = Arrays.copyOfRange(frame, 14, frame.length);
        byte[] train = new byte[2 * (packet.length + 1)];
        for (int at = 0; at < train.length; at += packet.length + 1) {
            train[at] = (byte) packet.length;
            System.arraycopy(packet, 0, train, at + 1, packet.length);
        }
        return train;
    }

    @MethodSource("seeds")
    @FuzzTest
    void putsAnythingTogether(byte policy, byte @NotNull [] train) {
        FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.IGNORE);
        OverlapPolicy overlap = POLICIES[(policy & 0xff) % POLICIES.length];
        IpReassembler reassembler = new IpReassembler(new FragmentLimits(4, 6, 1000, overlap), decoder);
        Packet packet = new Packet();
        long now = 0;
        for (int at = 0; at < train.length; ) {
            int length = Math.min(train[at] & 0xff, train.length - at - 1);
            packet.wrap(MemorySegment.ofArray(train), at + 1, length);
            decoder.decode(packet, LinkType.RAW);
            offerAll(reassembler, packet, now += 100);
            at += length + 1;
        }
        reassembler.expire(now + 1000);
        if (reassembler.datagrams() != 0) {
            throw new AssertionError("datagrams that never end: " + reassembler.datagrams());
        }
    }

    private static void offerAll(IpReassembler reassembler, Packet packet, long now) {
        for (Packet layer = packet; layer != null; layer = layer.inner()) {
            Packet whole = reassembler.offer(layer, now);
            if (whole != null) {
                offerAll(reassembler, whole, now);
            }
        }
    }
}
