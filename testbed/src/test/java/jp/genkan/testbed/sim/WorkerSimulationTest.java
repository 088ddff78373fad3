package jp.genkan.testbed.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.fragment.FragmentLimits;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.forward.Switch;
import jp.genkan.dataplane.pipeline.DropTelling;
import jp.genkan.dataplane.pipeline.PipelineParts;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.stream.StreamMode;
import jp.genkan.dataplane.stream.StreamReassembler;
import jp.genkan.dataplane.worker.Worker;
import jp.genkan.dataplane.worker.WorkerGate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real worker with pipeline, flow table and reassembly, on simulated ports: whatever the wires do, the receiver gets the sender's octets,
 * and the stage has seen the same ones, in order, each once.
 */
class WorkerSimulationTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final int OCTETS = 300_000;

    private final Reader reader = new Reader();

    @Test
    void perfectWireNeedsNoRetransmission() {
        SimulatedNetwork network = withWorker(FaultPlan.none());
        assertThat(network.transfer(MINUTE)).isTrue();
        assertExact(network);
        assertThat(network.sender.retransmissions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void dataArrivesExactlyAndIsSeenExactlyOverFaultyWires(long seed) {
        SimulatedNetwork network = withWorker(FaultPlan.terrible(seed));
        assertThat(network.transfer(10 * MINUTE)).as("seed %d", seed).isTrue();
        assertExact(network);
    }

    @Test
    void dataArrivesExactlyWhenTheWayOutIsFull() {
        SimulatedNetwork network = withWorker(FaultPlan.mixed(11));
        for (int i = 1; i < 20; i++) {
            network.simulation.after(i * 1_000_000L, () -> network.outside.limitFlush(0));
            network.simulation.after(i * 1_000_000L + 400_000L, () -> network.outside.limitFlush(Integer.MAX_VALUE));
        }
        assertThat(network.transfer(10 * MINUTE)).isTrue();
        assertExact(network);
        assertThat(network.outside.egressRefused()).isPositive();
    }

    @Test
    void dataArrivesExactlyWhenALinkGoesAndComesBack() {
        SimulatedNetwork network = withWorker(FaultPlan.none());
        for (int i = 1; i < 5; i++) {
            network.simulation.after(i * 2_000_000L, () -> network.outside.setUp(false));
            network.simulation.after(i * 2_000_000L + 1_000_000L, () -> network.outside.setUp(true));
        }
        assertThat(network.transfer(10 * MINUTE)).isTrue();
        assertExact(network);
        assertThat(network.sender.retransmissions()).isPositive();
    }

    /** As after a stall: what passed meanwhile was never seen, and the connection goes on all the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5, 20, 100})
    void connectionGoesOnAfterTheKernelForwardedPastTheWorker(long millis) {
        SimulatedNetwork network = new SimulatedNetwork(FaultPlan.none(), 20 * OCTETS);
        reader.mayMiss = true;
        NoGate gate = new NoGate();
        addWorker(network, gate);
        network.simulation.after(3_000_000L, () -> network.setKernelForwards(true));
        network.simulation.after(3_000_000L + millis * 1_000_000L, () -> {
            network.setKernelForwards(false);
            gate.stalled = true;
        });
        assertThat(network.transfer(MINUTE)).isTrue();
        assertThat(Arrays.equals(network.receiver.data(), network.data)).isTrue();
    }

    private void assertExact(SimulatedNetwork network) {
        assertThat(Arrays.equals(network.receiver.data(), network.data)).isTrue();
        assertThat(network.receiver.corrupt()).isZero();
        assertThat(Arrays.equals(reader.seen.toByteArray(), network.data))
                .as("the stage has seen the stream")
                .isTrue();
    }

    private SimulatedNetwork withWorker(FaultPlan plan) {
        SimulatedNetwork network = new SimulatedNetwork(plan, OCTETS);
        addWorker(network, new NoGate());
        return network;
    }

    private void addWorker(SimulatedNetwork network, WorkerGate gate) {
        List<PortQueue> queues = List.of(network.inside, network.outside);
        Switch wire = new Switch(queues.stream().map(PortQueue::side).toList(), 0);
        Worker worker = new Worker(queues, wire, gate, output -> new PipelineRunner(parts(List.of(reader)), output));
        network.simulation.add(() -> worker.doWork(network.simulation.nanos()));
    }

    private static PipelineParts parts(List<Stage> stages) {
        FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
        return new PipelineParts(
                decoder,
                new IpReassembler(FragmentLimits.DEFAULT, decoder),
                null,
                new FlowTable(FlowLimits.withFlowsMax(1024), stages.size(), 0, 1),
                new StreamReassembler(StreamMode.INLINE),
                stages,
                null,
                event -> true,
                flow -> {},
                true,
                true,
                true,
                DropTelling.START,
                jp.genkan.dataplane.flow.MidstreamPolicy.FOLLOW,
                Integer.MAX_VALUE);
    }

    /** Reads the client's stream. */
    private static final class Reader implements Stage {
        private boolean mayMiss;
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        @Override
        public String name() {
            return "reader";
        }

        @Override
        public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
            if (flow.isNew()) {
                flow.requestStream(context.stage());
            }
            return Verdict.FORWARD;
        }

        @Override
        public Verdict onStream(
                Flow flow,
                MemorySegment bytes,
                long offset,
                int length,
                int gapBytes,
                Packet packet,
                StageContext context) {
            assertThat(gapBytes == 0 || mayMiss).isTrue();
            if (flow.toServer()) {
                seen.writeBytes(bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
            }
            return Verdict.FORWARD;
        }
    }

    /** Nobody in the kernel. */
    private static final class NoGate implements WorkerGate {
        private boolean stalled;

        @Override
        public boolean signOfLife(long nanos) {
            boolean told = stalled;
            stalled = false;
            return told;
        }

        @Override
        public boolean wasAnnounced(long nanos) {
            return false;
        }

        @Override
        public boolean answersProbe(PortQueue queue, Packet frame) {
            return false;
        }

        @Override
        public void machineMoved() {}

        @Override
        public int policy() {
            return 0;
        }

        @Override
        public boolean settles(PipelineRunner runner, Packet frame, int egress, int policy) {
            return false;
        }
    }
}
