package jp.genkan.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.pipeline.Pipelines.Injected;
import jp.genkan.dataplane.pipeline.Pipelines.ReaderStage;
import jp.genkan.dataplane.pipeline.Pipelines.WordStage;
import org.junit.jupiter.api.Test;

class PipelineRunnerTest {
    private static final String PC = "10.0.0.1";
    private static final String SERVER = "192.0.2.9";

    private final List<Event> events = new ArrayList<>();
    private final Injected injected = new Injected();
    private final Packet packet = new Packet();
    private long nanos = 1;

    @Test
    void forwardsWhatNoStageObjectsTo() {
        WordStage stage = new WordStage("virus", Verdict.REJECT);
        PipelineRunner runner = Pipelines.of(List.of(stage), events, injected);
        assertThat(passes(runner, tcp(Packet.SYN, 1, ""))).isTrue();
        assertThat(passes(runner, tcp(Packet.ACK, 2, "hello"))).isTrue();
        assertThat(stage.packets).isEqualTo(2);
        assertThat(runner.counters().get(PipelineCounter.FORWARDED)).isEqualTo(2);
    }

    @Test
    void refusesAndTellsBothEndsAndAnswersWhoeverGoesOn() {
        PipelineRunner runner = Pipelines.of(List.of(new WordStage("virus", Verdict.REJECT)), events, injected);
        assertThat(passes(runner, tcp(Packet.SYN, 1, ""))).isTrue();
        assertThat(passes(runner, tcp(Packet.ACK, 2, "a virus!"))).isFalse();
        assertThat(injected.toSender).hasSize(1);
        assertThat(injected.toReceiver).hasSize(1);
        assertThat(passes(runner, tcp(Packet.ACK, 10, "more"))).isFalse();
        assertThat(injected.toSender).hasSize(2);
        assertThat(injected.toReceiver).hasSize(1);
        assertThat(runner.drops().get(DropReason.REPUTATION)).isEqualTo(1);
        assertThat(runner.drops().get(DropReason.FLOW_DROPPED)).isEqualTo(1);
    }

    @Test
    void letsOnlyTheFragmentWaitThatCompletesTheDatagram() {
        PipelineRunner runner = Pipelines.of(List.of(new WordStage("virus", Verdict.DROP)), events, injected);
        byte[] whole = PacketBuilder.raw()
                .ipv4(PC, SERVER)
                .udp(5_000, 53)
                .payload("0123456789abcde a virus in the second half")
                .bytes();
        byte[] udp = Arrays.copyOfRange(whole, 20, whole.length);
        byte[] first = fragment(Arrays.copyOf(udp, 24), 0, true);
        byte[] last = fragment(Arrays.copyOfRange(udp, 24, udp.length), 24, false);
        assertThat(passes(runner, first)).isTrue();
        assertThat(passes(runner, last)).as("brings the virus to light").isFalse();
    }

    @Test
    void judgesWhatIsInsideATunnel() {
        PipelineRunner runner = Pipelines.of(List.of(new WordStage("virus", Verdict.DROP)), events, injected);
        byte[] tunnelled = PacketBuilder.ethernet()
                .ipv4(PC, SERVER)
                .ipv4("172.16.0.1", "172.16.0.2")
                .udp(7, 7)
                .payload("a virus")
                .bytes();
        assertThat(passes(runner, tunnelled)).isFalse();
    }

    @Test
    void forwardsWhatCannotBeDecodedAndSaysSo() {
        PipelineRunner runner = Pipelines.of(List.of(new WordStage("virus", Verdict.DROP)), events, injected);
        byte[] broken = PacketBuilder.ethernet()
                .ipv4(PC, SERVER)
                .patch(0, "4f")
                .udp(1, 2)
                .payload("x")
                .bytes();
        assertThat(passes(runner, broken)).isTrue();
        assertThat(events).extracting(Event::type).contains("anomaly");
    }

    @Test
    void endsEveryFlowWithAnEvent() {
        PipelineRunner runner = Pipelines.of(List.of(new WordStage("virus", Verdict.DROP)), events, injected);
        passes(runner, tcp(Packet.SYN, 1, ""));
        runner.endAll();
        assertThat(events).extracting(Event::type).containsExactly("flow");
    }

    @Test
    void allocatesNothingForAFrameInSteadyState() {
        ReaderStage reader = new ReaderStage();
        PipelineRunner runner = Pipelines.of(List.of(reader, new WordStage("virus", Verdict.DROP)), events, injected);
        passes(runner, tcp(Packet.SYN, 1, ""));
        passes(runner, answer(Packet.SYN | Packet.ACK, 500, 2));
        Packet data = wrap(tcp(Packet.ACK, 2, "payload of a segment"));
        Packet datagram = wrap(PacketBuilder.ethernet()
                .ipv4(PC, SERVER)
                .udp(5, 6)
                .payload("datagram")
                .bytes());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                runner.process(rewrap(data), LinkType.ETHERNET, ++nanos);
                runner.process(rewrap(datagram), LinkType.ETHERNET, ++nanos);
                runner.batchEnded();
                runner.expire(nanos, 8);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("octets for 40,000 frames, best of 20 rounds").isLessThan(1_000);
        assertThat(reader.octets).isPositive();
    }

    @Test
    void readsAStreamThatIsLongerThanSequenceNumbersCanCompare() {
        ReaderStage reader = new ReaderStage();
        PipelineRunner runner = Pipelines.of(List.of(reader), events, injected);
        int sequence = 0x7000_0000;
        passes(runner, tcp(Packet.SYN, sequence, ""));
        passes(runner, answer(Packet.SYN | Packet.ACK, 500, sequence + 1));
        Packet data = wrap(tcp(Packet.ACK, 0, "x".repeat(50_000)));
        Packet acknowledgment = wrap(answer(Packet.ACK, 501, 0));
        long sequenceAt = 10 + 14 + 20 + 4;
        sequence++;
        long sent = 0;
        while (sent < 5L << 30) { // beyond 2^31 and around 2^32
            data.segment().set(Packet.U32, sequenceAt, sequence);
            sequence += 50_000;
            sent += 50_000;
            acknowledgment.segment().set(Packet.U32, sequenceAt + 4, sequence);
            assertThat(runner.process(trusted(data), LinkType.ETHERNET, ++nanos))
                    .as("segment after %d octets", sent)
                    .isTrue();
            assertThat(runner.process(trusted(acknowledgment), LinkType.ETHERNET, ++nanos))
                    .isTrue();
        }
        assertThat(reader.octets).isEqualTo(sent);
    }

    private static Packet trusted(Packet frame) {
        rewrap(frame).checksumTrusted = true;
        return frame;
    }

    private boolean passes(PipelineRunner runner, byte[] frame) {
        MemorySegment memory = Arena.ofAuto().allocate(frame.length + 10L);
        MemorySegment.copy(MemorySegment.ofArray(frame), 0, memory, 10, frame.length);
        boolean forwarded = runner.process(packet.wrap(memory, 10, frame.length), LinkType.ETHERNET, ++nanos);
        runner.batchEnded();
        return forwarded;
    }

    private static Packet wrap(byte[] frame) {
        MemorySegment memory = Arena.ofAuto().allocate(frame.length + 10L);
        MemorySegment.copy(MemorySegment.ofArray(frame), 0, memory, 10, frame.length);
        return new Packet().wrap(memory, 10, frame.length);
    }

    private static Packet rewrap(Packet frame) {
        return frame.wrap(frame.segment(), 10, frame.frameLength);
    }

    private static byte[] fragment(byte[] octets, int offset, boolean more) {
        return PacketBuilder.ethernet()
                .ipv4(PC, SERVER)
                .protocol(17)
                .fragment(77, offset, more)
                .payload(octets)
                .bytes();
    }

    private static byte[] tcp(int flags, long sequence, String text) {
        return PacketBuilder.ethernet()
                .ipv4(PC, SERVER)
                .tcp(40_000, 80)
                .flags(flags)
                .sequence(sequence)
                .acknowledgment((flags & Packet.ACK) != 0 ? 501 : 0)
                .payload(text.getBytes(StandardCharsets.US_ASCII))
                .bytes();
    }

    private static byte[] answer(int flags, long sequence, long acknowledgment) {
        return PacketBuilder.ethernet()
                .ipv4(SERVER, PC)
                .tcp(80, 40_000)
                .flags(flags)
                .sequence(sequence)
                .acknowledgment(acknowledgment)
                .bytes();
    }
}
