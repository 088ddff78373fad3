package jp.genkan.dataplane.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.bpf.BpfException;
import org.junit.jupiter.api.Test;

/** Who forwards a frame, told by real frames through a box of veth pairs. */
class GateTest {
    private static final int CLIENT = 0x0a00_0001;
    private static final int SERVER = 0x0a00_0002;

    private static byte[] toServer(byte[] segment, int protocol) {
        return Frames.ethernet(
                TestNetwork.mac(1), TestNetwork.mac(0), 0x0800, Frames.ipv4(CLIENT, SERVER, protocol, 0, segment));
    }

    private static byte[] frame() {
        return toServer(Frames.udp(1000, 2000, 32), Frames.UDP);
    }

    private static Gate prepare(TestNetwork network, FailPolicy policy) {
        List<GatePort> ports = network.ports();
        return TestNetwork.in(network.box(), () -> Gate.prepare(ports, 1, policy, GateSettings.DEFAULT));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void inBox(TestNetwork network, Action action) {
        TestNetwork.in(network.box(), () -> {
            action.run();
            return true;
        });
    }

    /** Sends at one end; whether it arrives at another. */
    private static boolean passes(TestNetwork network, int from, int to, byte[] frame) throws IOException {
        try (PacketSocket receiver = TestNetwork.in(network.end(to), () -> PacketSocket.on("e0"));
                PacketSocket sender = TestNetwork.in(network.end(from), () -> PacketSocket.to("e0"))) {
            sender.send(frame);
            return receiver.receivesOne();
        }
    }

    @Test
    void forwardsInKernelUntilActive() throws IOException {
        try (TestNetwork network = new TestNetwork(2);
                Gate gate = prepare(network, FailPolicy.OPEN)) {
            assertThat(passes(network, 0, 1, frame())).isTrue();
            assertThat(gate.snapshot().frames(0, GateWay.OPEN)).isEqualTo(1);
            assertThat(gate.snapshot().bytes(GateWay.OPEN)).isEqualTo(frame().length);
        }
    }

    @Test
    void givesFrameToRingOnlyWhenActiveAndAlive() throws IOException {
        try (TestNetwork network = new TestNetwork(2);
                Gate gate = prepare(network, FailPolicy.OPEN);
                PacketSocket ring =
                        TestNetwork.in(network.box(), () -> PacketSocket.filtered("p0", gate.ringFilterFd(0)))) {
            gate.activate();
            assertThat(passes(network, 0, 1, frame())).as("no heartbeat yet").isTrue();
            assertThat(gate.snapshot().frames(0, GateWay.STALE)).isEqualTo(1);

            gate.heartbeat(0).beat(System.nanoTime() + 10_000_000_000L);
            assertThat(passes(network, 0, 1, frame())).isFalse();
            assertThat(ring.drain()).isEqualTo(1);
            assertThat(gate.snapshot().frames(0, GateWay.RING)).isEqualTo(1);

            gate.heartbeat(0).hold();
            assertThat(passes(network, 0, 1, frame()))
                    .as("held by the watchdog")
                    .isTrue();

            gate.heartbeat(0).release();
            gate.heartbeat(0).beat(System.nanoTime() + 10_000_000_000L);
            gate.deactivate();
            assertThat(passes(network, 0, 1, frame())).isTrue();
            assertThat(ring.drain()).isZero();
        }
    }

    @Test
    void waitsForWorkerWhosePauseWasAnnounced() throws Exception {
        try (TestNetwork network = new TestNetwork(2);
                Gate gate = prepare(network, FailPolicy.OPEN);
                PacketSocket ring =
                        TestNetwork.in(network.box(), () -> PacketSocket.filtered("p0", gate.ringFilterFd(0)))) {
            gate.activate();
            Heartbeat heartbeat = gate.heartbeat(0);
            heartbeat.expectPause(System.nanoTime() + 10_000_000_000L);
            assertThat(passes(network, 0, 1, frame())).as("nobody who lives").isTrue();

            heartbeat.beat(System.nanoTime());
            Thread.sleep(2 * GateSettings.DEFAULT.staleNanos() / 1_000_000L);
            assertThat(passes(network, 0, 1, frame())).as("announced").isFalse();
            assertThat(ring.drain()).isEqualTo(1);

            heartbeat.expectPause(System.nanoTime());
            Thread.sleep(2 * GateSettings.DEFAULT.staleNanos() / 1_000_000L);
            assertThat(passes(network, 0, 1, frame())).as("over").isTrue();
        }
    }

    @Test
    void stopsEverythingWhenClosedAndNobodyInspects() throws IOException {
        try (TestNetwork network = new TestNetwork(2)) {
            Gate gate = prepare(network, FailPolicy.CLOSED);
            assertThat(passes(network, 0, 1, frame())).isFalse();
            gate.activate();
            assertThat(passes(network, 0, 1, frame())).as("stale").isFalse();
            assertThat(gate.snapshot().frames(0, GateWay.CLOSED)).isEqualTo(2);
            gate.close();
            assertThat(passes(network, 0, 1, frame())).as("after the end").isFalse();
            inBox(network, () -> assertThat(Gate.inspect()).isEmpty());
        }
    }

    @Test
    void keepsForwardingAfterTheEndUntilDetached() throws IOException {
        try (TestNetwork network = new TestNetwork(2)) {
            Gate gate = prepare(network, FailPolicy.OPEN);
            inBox(
                    network,
                    () -> assertThat(Gate.inspectInterface("p0"))
                            .extracting(GateAttachment::program, GateAttachment::heldByProcess)
                            .containsExactly(tuple("genkan_guard", true), tuple("genkan_open", false)));
            gate.close();
            inBox(
                    network,
                    () -> assertThat(Gate.inspect())
                            .extracting(GateAttachment::interfaceName, GateAttachment::program)
                            .containsExactlyInAnyOrder(tuple("p0", "genkan_open"), tuple("p1", "genkan_open")));
            assertThat(passes(network, 0, 1, frame())).isTrue();
            inBox(network, () -> assertThat(Gate.detachAll()).isEqualTo(2));
            inBox(network, () -> assertThat(Gate.inspect()).isEmpty());
            assertThat(passes(network, 0, 1, frame())).isFalse();
        }
    }

    @Test
    void takesOverFromPredecessorWithItsCounters() throws IOException {
        try (TestNetwork network = new TestNetwork(2)) {
            Gate first = prepare(network, FailPolicy.OPEN);
            assertThat(passes(network, 0, 1, frame())).isTrue();
            first.close();
            assertThat(passes(network, 0, 1, frame())).isTrue();
            try (Gate second = prepare(network, FailPolicy.OPEN)) {
                assertThat(second.snapshot().frames(0, GateWay.OPEN)).isEqualTo(2);
                assertThat(passes(network, 0, 1, frame())).isTrue();
                inBox(network, () -> assertThat(Gate.inspect()).hasSize(4));
            }
        }
    }

    @Test
    void activationMovesFromRunningPredecessorAtOnce() throws IOException {
        try (TestNetwork network = new TestNetwork(2);
                Gate first = prepare(network, FailPolicy.OPEN);
                PacketSocket firstRing =
                        TestNetwork.in(network.box(), () -> PacketSocket.filtered("p0", first.ringFilterFd(0)))) {
            first.heartbeat(0).beat(System.nanoTime() + 60_000_000_000L);
            first.activate();
            try (Gate second = prepare(network, FailPolicy.OPEN);
                    PacketSocket secondRing =
                            TestNetwork.in(network.box(), () -> PacketSocket.filtered("p0", second.ringFilterFd(0)))) {
                second.heartbeat(0).beat(System.nanoTime() + 60_000_000_000L);
                assertThat(passes(network, 0, 1, frame())).isFalse();
                second.activate();
                assertThat(first.isActive()).isFalse();
                first.deactivate();
                assertThat(second.isActive())
                        .as("the old one cannot switch off the new one")
                        .isTrue();
                assertThat(passes(network, 0, 1, frame())).isFalse();
                assertThat(firstRing.drain()).isEqualTo(1);
                assertThat(secondRing.drain()).isEqualTo(1);
            }
        }
    }

    @Test
    void failedStartLeavesNothing() {
        try (TestNetwork network = new TestNetwork(2)) {
            List<GatePort> wrong = List.of(network.ports().getFirst(), new GatePort(1, "px", 9999, Side.OUTSIDE));
            inBox(network, () -> {
                assertThatExceptionOfType(BpfException.class)
                        .isThrownBy(() -> Gate.prepare(wrong, 1, FailPolicy.OPEN, GateSettings.DEFAULT))
                        .withMessageContaining("no such interface");
                assertThat(Gate.inspect()).isEmpty();
            });
        }
    }

    @Test
    void abandonedStartLeavesWhatThePredecessorHad() {
        try (TestNetwork network = new TestNetwork(2)) {
            Gate fresh = prepare(network, FailPolicy.OPEN);
            inBox(network, fresh::abandon);
            inBox(network, () -> assertThat(Gate.inspect()).isEmpty());
            prepare(network, FailPolicy.OPEN).close();
            inBox(network, prepare(network, FailPolicy.OPEN)::abandon);
            inBox(network, () -> assertThat(Gate.inspect()).hasSize(2));
        }
    }

    @Test
    void detachesPortsThatAreNoLongerConfigured() {
        try (TestNetwork network = new TestNetwork(3)) {
            prepare(network, FailPolicy.OPEN).close();
            List<GatePort> fewer = network.ports().subList(0, 2);
            inBox(network, () -> {
                Gate.prepare(fewer, 1, FailPolicy.OPEN, GateSettings.DEFAULT).close();
                assertThat(Gate.inspect())
                        .extracting(GateAttachment::interfaceName)
                        .containsExactlyInAnyOrder("p0", "p1");
            });
        }
    }
}
