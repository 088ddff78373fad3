package jp.genkan.testbed.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.port.PortQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated world itself, with a worker that only forwards. */
class SimulationTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final int OCTETS = 300_000;

    private final Packet packet = new Packet();

    @Test
    void perfectWireNeedsNoRetransmission() {
        SimulatedNetwork network = withRelay(FaultPlan.none());
        assertThat(network.transfer(MINUTE)).isTrue();
        assertThat(network.receiver.data()).isEqualTo(network.data);
        assertThat(network.sender.retransmissions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void dataArrivesExactlyOverFaultyWires(long seed) {
        SimulatedNetwork network = withRelay(FaultPlan.terrible(seed));
        assertThat(network.transfer(10 * MINUTE)).as("seed %d", seed).isTrue();
        assertThat(network.receiver.data()).isEqualTo(network.data);
        assertThat(network.receiver.corrupt()).isZero();
        assertThat(network.outward.lost()).isPositive();
        assertThat(network.outward.duplicated()).isPositive();
        assertThat(network.outward.reordered()).isPositive();
        assertThat(network.sender.retransmissions()).isPositive();
    }

    @Test
    void sameSeedGivesTheSameRun() {
        SimulatedNetwork one = withRelay(FaultPlan.mixed(42));
        SimulatedNetwork two = withRelay(FaultPlan.mixed(42));
        assertThat(one.transfer(10 * MINUTE)).isTrue();
        assertThat(two.transfer(10 * MINUTE)).isTrue();
        assertThat(two.simulation.nanos()).isEqualTo(one.simulation.nanos());
        assertThat(two.outward.carried()).isEqualTo(one.outward.carried());
        assertThat(two.outward.lost()).isEqualTo(one.outward.lost());
    }

    @Test
    void fullEgressRefusesTheRestOfABatch() {
        Simulation simulation = new Simulation();
        SimulatedPort port = new SimulatedPort(simulation, 0, Side.INSIDE, 4, 100, frame -> {});
        port.limitFlush(2);
        MemorySegment frame = MemorySegment.ofArray(new byte[64]);
        for (int i = 0; i < 3; i++) {
            assertThat(port.send(frame, 0, 64)).isTrue();
        }
        assertThat(port.flush()).isEqualTo(2);
        assertThat(port.egressRefused()).isEqualTo(1);
    }

    @Test
    void linkThatIsDownCarriesNothing() {
        Simulation simulation = new Simulation();
        SimulatedPort port = new SimulatedPort(simulation, 0, Side.INSIDE, 4, 100, frame -> {});
        port.setUp(false);
        port.frame(new byte[60]);
        assertThat(port.receive(packet)).isFalse();
        assertThat(port.send(MemorySegment.ofArray(new byte[64]), 0, 64)).isTrue();
        assertThat(port.flush()).isZero();
    }

    @Test
    void fullRingLosesAndCounts() {
        SimulatedPort port = new SimulatedPort(new Simulation(), 0, Side.INSIDE, 2, 100, frame -> {});
        for (int i = 0; i < 3; i++) {
            port.frame(new byte[60]);
        }
        assertThat(port.ringFull()).isEqualTo(1);
    }

    @Test
    void releasedSlotIsOverwritten() {
        SimulatedPort port = new SimulatedPort(new Simulation(), 0, Side.INSIDE, 2, 100, frame -> {});
        port.frame(new byte[60]);
        assertThat(port.receive(packet)).isTrue();
        assertThat(packet.segment().get(ValueLayout.JAVA_BYTE, packet.frameOffset))
                .isZero();
        port.release();
        assertThat(packet.segment().get(ValueLayout.JAVA_BYTE, packet.frameOffset))
                .isEqualTo((byte) 0xA5);
    }

    private SimulatedNetwork withRelay(FaultPlan plan) {
        SimulatedNetwork network = new SimulatedNetwork(plan, OCTETS);
        network.simulation.add(() -> relay(network.inside, network.outside) + relay(network.outside, network.inside));
        return network;
    }

    private int relay(PortQueue from, PortQueue to) {
        int frames = 0;
        while (from.receive(packet)) {
            if (!to.send(packet.segment(), packet.frameOffset, packet.frameLength)) {
                to.flush();
                to.send(packet.segment(), packet.frameOffset, packet.frameLength);
            }
            frames++;
        }
        to.flush();
        from.release();
        return frames;
    }
}
