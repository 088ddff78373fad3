package jp.genkan.testbed.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.fragment.FragmentLimits;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.forward.Switch;
import jp.genkan.dataplane.guard.GuardMemory;
import jp.genkan.dataplane.hold.HoldCounter;
import jp.genkan.dataplane.hold.HoldSettings;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.pipeline.DropTelling;
import jp.genkan.dataplane.pipeline.PipelineParts;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.stream.StreamMode;
import jp.genkan.dataplane.stream.StreamReassembler;
import jp.genkan.dataplane.worker.Worker;
import jp.genkan.dataplane.worker.WorkerGate;
import jp.genkan.protocols.dns.ResolvedNames;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Directions that are held at any moment, let go piece by piece, with octets replaced, while wires lose, repeat and overtake: the receiver gets exactly what the
 * stage let go.
 */
class HeldStreamSimulationTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final int OCTETS = 300_000;
    private static final long TICK = 1_000_000L;

    private final GuardMemory guard;

    private @Nullable PipelineRunner runner;

    @SuppressWarnings("NullAway.Init")
    private Worker worker;

    HeldStreamSimulationTest() throws LinuxException {
        guard = GuardMemory.make(1, 8);
        guard.interfaces(List.of(1, 2));
    }

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void deliversWhatWasLetGoOverPerfectWires() {
        SimulatedNetwork network = transferred(FaultPlan.none(), 1);
        assertThat(network.sender.retransmissions()).isZero();
        assertThat(count(HoldCounter.HOLDS)).isPositive();
        assertThat(count(HoldCounter.BYTES_REPLACED)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void deliversExactlyWhatWasLetGoOverFaultyWires(long seed) {
        transferred(FaultPlan.mixed(seed), seed);
        assertThat(count(HoldCounter.HOLDS)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void deliversExactlyWhatWasLetGoOverBadWires(long seed) {
        transferred(new FaultPlan(seed, 60, 60, 200, 0, 0, 200_000, 2_000_000), seed);
    }

    @Test
    void endsBothSidesWhenTheStageRefuses() {
        Holder holder = new Holder(3);
        holder.refusesAt = OCTETS / 2;
        SimulatedNetwork network = withWorker(FaultPlan.none(), holder);
        assertThat(network.transfer(MINUTE)).isFalse();
        assertThat(network.receiver.data().length).isLessThanOrEqualTo(holder.letGo);
        assertThat(count(HoldCounter.CUT)).isEqualTo(1);
    }

    /** What was acknowledged to the sender and not delivered is lost with the engine: nobody is to wait for it. */
    @Test
    void resetsBothSidesWhenTheEngineEnds() {
        Holder holder = new Holder(5);
        holder.letsGo = false;
        SimulatedNetwork network = withWorker(FaultPlan.none(), holder);
        network.simulation.after(200_000_000L, () -> {
            assertThat(guard.flows()).isEqualTo(1);
            worker.endFlows();
            assertThat(guard.flows()).isZero();
        });
        assertThat(network.transfer(MINUTE)).isFalse();
        assertThat(network.receiver.resets()).isPositive();
        assertThat(count(HoldCounter.ENDED)).isEqualTo(1);
    }

    private long count(HoldCounter counter) {
        return runner == null ? -1 : runner.holding().counters().get(counter);
    }

    private SimulatedNetwork transferred(FaultPlan plan, long seed) {
        Holder holder = new Holder(seed);
        SimulatedNetwork network = withWorker(plan, holder);
        byte[] sent = network.data.clone();
        assertThat(network.transfer(10 * MINUTE)).as("seed %d", seed).isTrue();
        byte[] expected = holder.expected(sent);
        int differs = Arrays.mismatch(expected, network.receiver.data());
        assertThat(differs).as("first other octet").isEqualTo(-1);
        worker.endFlows();
        assertThat(guard.flows()).as("what is guarded when nothing is held").isZero();
        return network;
    }

    private SimulatedNetwork withWorker(FaultPlan plan, Holder holder) {
        SimulatedNetwork network = new SimulatedNetwork(plan, OCTETS);
        List<PortQueue> queues = List.of(network.inside, network.outside);
        Switch wire = new Switch(queues.stream().map(PortQueue::side).toList(), 0);
        worker = new Worker(queues, wire, new NoGate(), output -> {
            PipelineRunner made = new PipelineRunner(parts(List.of(holder)), output);
            runner = made;
            return made;
        });
        network.simulation.add(() -> worker.doWork(network.simulation.nanos()));
        tick(network.simulation, 600_000);
        return network;
    }

    /** Time passes for the worker also when no frame comes. */
    private static void tick(Simulation simulation, int left) {
        if (left > 0) {
            simulation.after(TICK, () -> tick(simulation, left - 1));
        }
    }

    private PipelineParts parts(List<Stage> stages) {
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
                MidstreamPolicy.FOLLOW,
                Integer.MAX_VALUE,
                new ResolvedNames(64, 0),
                HoldingFactory.live(new HoldSettings(8 << 20, 8), guard.slots(0)));
    }

    /** Holds the client's stream now and then, and lets it go at any time. */
    private static final class Holder implements Stage {
        private final SplittableRandom dice;
        private final boolean[] changed = new boolean[OCTETS];
        private @Nullable Hold hold;
        /** Place in the stream where the hold began. */
        private int begin;

        private int seen;
        private int letGo;
        private int refusesAt = Integer.MAX_VALUE;
        private boolean letsGo = true;

        Holder(long seed) {
            dice = new SplittableRandom(seed);
        }

        byte[] expected(byte[] sent) {
            byte[] expected = sent.clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] ^= (byte) (changed[i] ? 0x55 : 0);
            }
            return expected;
        }

        @Override
        public String name() {
            return "holder";
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
            assertThat(gapBytes).isZero();
            if (flow.toServer()) {
                if ((hold == null || hold.isOver()) && dice.nextInt(4) == 0) {
                    Hold begun = context.hold(flow, Direction.TO_SERVER);
                    if (begun != null) {
                        hold = begun;
                        begin = seen - (int) begun.size();
                    }
                }
                seen += length;
            }
            return Verdict.FORWARD;
        }

        @Override
        public Verdict onPacketEnd(Packet packet, @Nullable Flow flow, StageContext context) {
            return decide(flow);
        }

        @Override
        public Verdict onHeld(Packet packet, Flow flow, StageContext context) {
            return decide(flow);
        }

        private Verdict decide(@Nullable Flow flow) {
            Hold held = hold;
            if (held == null || held.isOver() || flow == null) {
                return Verdict.FORWARD;
            }
            if (seen > refusesAt) {
                hold = null;
                flow.dropRest(DropReason.RULE);
                return Verdict.REJECT;
            }
            if (!letsGo) {
                return Verdict.FORWARD;
            }
            if (dice.nextInt(8) == 0) {
                replaceSome(held);
                long upTo = held.released() + dice.nextLong(held.size() - held.released() + 1);
                held.release(upTo);
                letGo = begin + (int) held.released();
            }
            if (dice.nextInt(40) == 0) {
                replaceSome(held);
                held.end();
                letGo = seen;
            }
            return Verdict.FORWARD;
        }

        private void replaceSome(Hold held) {
            int waiting = (int) (held.size() - held.released());
            if (waiting == 0) {
                return;
            }
            int length = 1 + dice.nextInt(waiting);
            long at = held.released() + dice.nextInt(waiting - length + 1);
            byte[] octets = new byte[length];
            held.read(at, octets, 0, length);
            for (int i = 0; i < length; i++) {
                octets[i] ^= 0x55;
                changed[begin + (int) at + i] ^= true;
            }
            held.replace(at, octets, 0, length);
        }
    }

    /** Nobody in the kernel. */
    private static final class NoGate implements WorkerGate {
        @Override
        public boolean signOfLife(long nanos) {
            return false;
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
        public boolean settles(PipelineRunner pipeline, Packet frame, int egress, int policy) {
            return false;
        }
    }
}
