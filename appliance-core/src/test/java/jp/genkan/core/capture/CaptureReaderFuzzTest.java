package jp.genkan.core.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.stream.Stream;
import jp.genkan.core.frame.Frames;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets as a capture file: refused, or read to its end with every frame inside of it. */
class CaptureReaderFuzzTest {
    static Stream<Arguments> seeds() {
        byte[] frame = Frames.everyKind().getFirst();
        PcapngFile little = new PcapngFile(ByteOrder.LITTLE_ENDIAN).section();
        little.describeInterface(1, 0, little.resolution(9), little.offsetSeconds(1))
                .enhanced(0, 5, frame, frame.length)
                .simple(frame, frame.length);
        PcapngFile big = new PcapngFile(ByteOrder.BIG_ENDIAN).section().describeInterface(1, 64);
        big.old(0, 5, frame, frame.length);
        return Stream.of(classic(), little.bytes(), big.bytes()).map(Arguments::of);
    }

    private static byte[] classic() {
        byte[] head = PacketBuilder.hex("d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000");
        byte[] record = PacketBuilder.hex("00000000 00000000 04000000 04000000 00112233");
        return PacketBuilder.join(head, record, record);
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAnything(byte[] octets) {
        CaptureFormat format = open(octets);
        if (format == null) {
            return;
        }
        Packet packet = new Packet();
        long before = 0;
        while (format.next(packet)) {
            if (packet.frameOffset < 0 || packet.frameEnd() > octets.length || format.position <= before) {
                throw new AssertionError("a frame outside of the file, or no progress, at " + format.position);
            }
            before = format.position;
        }
        if (format.position != octets.length) {
            throw new AssertionError("stopped at " + format.position + " of " + octets.length);
        }
    }

    private static @Nullable CaptureFormat open(byte[] octets) {
        try {
            return CaptureReader.recognize(Path.of("fuzz.pcap"), MemorySegment.ofArray(octets));
        } catch (CaptureException refused) {
            return null;
        }
    }
}
