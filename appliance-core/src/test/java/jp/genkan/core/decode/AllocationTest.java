package jp.genkan.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import jp.genkan.core.fragment.FragmentLimits;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.frame.Frames;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import org.junit.jupiter.api.Test;

/** Decoding and putting together allocate nothing once every object has been made. */
class AllocationTest {
    private static final int ROUNDS = 2_000;

    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
    private final TcpOptions options = new TcpOptions();
    private final Packet packet = new Packet();

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count allocated octets by thread");
        work.run(); // makes the inner packets, and warms up
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** What the measuring itself allocates. */
    private static long nothing() {
        return allocatedBy(() -> {});
    }

    private static MemorySegment[] segments(List<byte[]> frames) {
        MemorySegment[] segments = new MemorySegment[frames.size()];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = Arena.global().allocate(frames.get(i).length).copyFrom(MemorySegment.ofArray(frames.get(i)));
        }
        return segments;
    }

    @Test
    void decodesWithoutAllocating() {
        MemorySegment[] frames = segments(Frames.everyKind());
        long allocated = allocatedBy(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (MemorySegment frame : frames) {
                    packet.wrap(frame, 0, (int) frame.byteSize());
                    decoder.decode(packet, LinkType.ETHERNET);
                    if (packet.tcpHeaderLength > 0) {
                        options.read(packet);
                    }
                }
            }
        });
        assertThat(allocated).isEqualTo(nothing());
    }

    @Test
    void putsFragmentsTogetherWithoutAllocating() {
        MemorySegment[] frames =
                segments(List.of(fragment(0, true), fragment(64, true), fragment(32, true), fragment(96, false)));
        IpReassembler reassembler = new IpReassembler(FragmentLimits.DEFAULT, decoder);
        int[] whole = new int[1];
        long allocated = allocatedBy(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                for (MemorySegment frame : frames) {
                    packet.wrap(frame, 0, (int) frame.byteSize());
                    decoder.decode(packet, LinkType.ETHERNET);
                    whole[0] += reassembler.offer(packet, round) == null ? 0 : 1;
                }
            }
        });
        assertThat(allocated).isEqualTo(nothing());
        assertThat(whole[0]).isEqualTo(4 * ROUNDS);
    }

    private static byte[] fragment(int offset, boolean more) {
        return PacketBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .fragment(1, offset, more)
                .protocol(17)
                .payload(32)
                .bytes();
    }
}
