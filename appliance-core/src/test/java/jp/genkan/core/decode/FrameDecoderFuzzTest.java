package jp.genkan.core.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import jp.genkan.core.frame.Frames;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets, of any link type, cut off by a snap length or not. */
class FrameDecoderFuzzTest {
    private static final LinkType[] LINKS = LinkType.values();

    /** One frame of every kind: link type, snap length, frame. */
    static Stream<Arguments> seeds() {
        return Frames.everyKind().stream()
                .map(frame -> Arguments.of((byte) LinkType.ETHERNET.ordinal(), (byte) 0, frame));
    }

    @MethodSource("seeds")
    @FuzzTest
    void decodesAnything(byte link, byte missing, byte @NotNull [] octets) {
        Packet packet = new Packet().wrap(MemorySegment.ofArray(octets), 0, octets.length);
        packet.wireLength = octets.length + (missing & 0xff);
        new FrameDecoder(ChecksumPolicy.VERIFY).decode(packet, LINKS[(link & 0xff) % LINKS.length]);
    }
}
