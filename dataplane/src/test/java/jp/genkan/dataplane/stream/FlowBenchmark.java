package jp.genkan.dataplane.stream;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowEndListener;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.Segments;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a packet costs in the flow table, the tracker and the reassembler, with 100,000 live flows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlowBenchmark {
    private static final int FLOWS = 100_000;
    private static final int ODD = 7_919; // a stride that leaves no two packets in a row to neighbours
    private static final long FIRST_ADDRESS = 0xffff_0a00_0000L;

    private final FlowTable table = new FlowTable(FlowLimits.defaults(), 8, 0, 1);
    private final StreamReassembler reassembler = new StreamReassembler(StreamMode.INLINE);
    private final Segments udpSegments = new Segments();
    private final Segments dataSegments = new Segments();
    private final Segments answerSegments = new Segments();
    private final FlowEndListener listener = flow -> {};
    private final StreamConsumer consumer = (flow, bytes, offset, length, gap, packet) -> Verdict.FORWARD;
    private final Packet udp = udpSegments.udp(true, 0, 5_000, Segments.SERVER, 53, 100);
    private final Packet data = dataSegments.tcp(true, Packet.ACK, 101, 301, 60_000, new byte[1_448]);
    private final Packet answer = answerSegments.tcp(false, Packet.ACK, 301, 101, 60_000);
    private int at;
    private long nanos;

    /** Fills the table and opens one TCP connection. */
    @Setup
    public void fill() {
        for (int i = 0; i < FLOWS; i++) {
            udp.sourceLow = FIRST_ADDRESS + i;
            table.find(udp, 0);
        }
        Segments segments = new Segments();
        open(segments.tcp(true, Packet.SYN, 100, 0, 60_000));
        open(segments.tcp(false, Packet.SYN | Packet.ACK, 300, 101, 60_000));
        open(segments.tcp(true, Packet.ACK, 101, 301, 60_000));
    }

    private void open(Packet packet) {
        FlowView flow = Objects.requireNonNull(table.find(packet, 0));
        flow.requestStream(0);
        reassembler.accept(flow, packet, consumer);
    }

    /** A packet of any of 100,000 flows. */
    @Benchmark
    public @Nullable FlowView findHit() {
        at = (at + ODD) % FLOWS;
        udp.sourceLow = FIRST_ADDRESS + at;
        return table.find(udp, nanos);
    }

    /** A packet of the flow that the packet before belonged to. */
    @Benchmark
    public @Nullable FlowView findHitAgain() {
        return table.find(udp, nanos);
    }

    /** A packet of a new flow, and the end of an old one: a flood. */
    @Benchmark
    public @Nullable FlowView findMiss() {
        at++;
        nanos += 1_000;
        udp.sourceLow = FIRST_ADDRESS + FLOWS + at;
        FlowView flow = table.find(udp, nanos);
        if ((at & 63) == 0) {
            table.expire(nanos, listener, 128);
        }
        return flow;
    }

    /** A segment of 1,448 octets in order and its acknowledgment, inspected inline. */
    @Benchmark
    public StreamAction segmentAndAcknowledgment() {
        StreamAction action = accept(data);
        data.tcpSequence += 1_448;
        answer.tcpAcknowledgment = data.tcpSequence;
        accept(answer);
        return action;
    }

    private StreamAction accept(Packet packet) {
        FlowView flow = Objects.requireNonNull(table.find(packet, nanos));
        return reassembler.accept(flow, packet, consumer);
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        table.endAll(reassembler::release);
        table.close();
        reassembler.close();
    }
}
