package jp.genkan.dataplane.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.gate.FailPolicy;
import jp.genkan.dataplane.gate.Gate;
import jp.genkan.dataplane.gate.GatePort;
import jp.genkan.dataplane.gate.GateSettings;
import jp.genkan.dataplane.gate.GateWay;
import jp.genkan.dataplane.gate.PacketSocket;
import jp.genkan.dataplane.gate.TestNetwork;
import org.junit.jupiter.api.Test;

/** The watchdog on a real host port, with workers that answer, or turn their loop and answer nothing. */
class WatchdogTest {
    private static final int WORKERS = 2;
    private static final WatchdogSettings QUICK = new WatchdogSettings(Duration.ofMillis(100), 3);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<AtomicBoolean> working = List.of(new AtomicBoolean(true), new AtomicBoolean(true));

    private final WatchdogListener listener = new WatchdogListener() {
        @Override
        public void onStall(int worker) {
            told.add("stall " + worker);
        }

        @Override
        public void onRecovery(int worker, long stalledNanos) {
            told.add("recovery " + worker);
        }

        @Override
        public void onBlind(String reason) {
            told.add("blind");
        }
    };

    /** A worker as small as can be: beats, receives, and (while it works) answers probes. */
    private static void work(Gate gate, int worker, PacketSocket ring, AtomicBoolean works, AtomicBoolean running)
            throws IOException {
        Packet packet = new Packet();
        while (running.get()) {
            gate.heartbeat(worker).beat(System.nanoTime());
            int length = ring.receive();
            if (length > 0 && works.get()) {
                MemorySegment bytes = ring.buffer();
                packet.wrap(bytes, 0, length);
                packet.side = Side.HOST;
                packet.etherType = packet.u16(12);
                if (Probe.isProbe(packet)) {
                    assertThat(Probe.worker(packet)).isEqualTo(worker);
                    Probe.answer(packet);
                    ring.send(length);
                }
            }
        }
    }

    private boolean isStale(Gate gate, int worker) {
        return System.nanoTime() - gate.heartbeat(worker).lastNanos() > GateSettings.STALE_NANOS;
    }

    @Test
    void holdsStalledWorkerForDeadUntilProbesComeThroughAgain() throws Exception {
        try (TestNetwork network = new TestNetwork(2)) {
            // the box's end of the host port is p0's peer: here in a namespace of its own
            List<GatePort> ports = new ArrayList<>(network.ports());
            ports.set(0, new GatePort(0, "p0", ports.getFirst().ifindex(), Side.HOST));
            Gate gate = TestNetwork.in(
                    network.box(), () -> Gate.prepare(ports, WORKERS, FailPolicy.OPEN, GateSettings.DEFAULT));
            List<PacketSocket> rings = TestNetwork.in(network.box(), () -> {
                List<PacketSocket> sockets = new ArrayList<>();
                for (int worker = 0; worker < WORKERS; worker++) {
                    PacketSocket ring = PacketSocket.filtered("p0", gate.ringFilterFd(worker));
                    ring.joinFanout(79, gate.fanoutSelectorFd());
                    sockets.add(ring);
                }
                return sockets;
            });
            for (int i = 0; i < WORKERS; i++) {
                int worker = i;
                var _ = TestNetwork.start(network.box(), () -> {
                    work(gate, worker, rings.get(worker), working.get(worker), running);
                    return true;
                });
            }
            gate.activate();
            Watchdog watchdog = TestNetwork.in(network.end(0), () -> {
                Watchdog made = new Watchdog(
                        "e0", List.of(gate.heartbeat(0), gate.heartbeat(1)), QUICK, SdNotify.none(), listener);
                made.start(); // a thread inherits the namespace
                return made;
            });
            await(() -> watchdog.roundTripNanos(0) > 0 && watchdog.roundTripNanos(1) > 0);
            System.out.printf("watchdog: round trip %d us%n", watchdog.roundTripNanos(0) / 1000);
            assertThat(told).isEmpty();

            working.get(1).set(false);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("stall 1");
            assertThat(isStale(gate, 1)).as("although it beats").isTrue();
            assertThat(watchdog.isStalled(1)).isTrue();
            assertThat(watchdog.isStalled(0)).isFalse();

            working.get(1).set(true);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("recovery 1");
            await(() -> !isStale(gate, 1));

            gate.deactivate();
            assertThat(told.poll(10, TimeUnit.SECONDS)).startsWith("stall");
            assertThat(gate.snapshot().frames(0, GateWay.PROBE))
                    .as("kept in the box")
                    .isPositive();
            watchdog.close();
            running.set(false);
            gate.close();
        }
    }

    @Test
    void saysThatItIsBlindWithoutHostPortAndHoldsNobody() throws Exception {
        try (TestNetwork network = new TestNetwork(1);
                Gate gate = TestNetwork.in(
                        network.box(), () -> Gate.prepare(network.ports(), 1, FailPolicy.OPEN, GateSettings.DEFAULT));
                Watchdog watchdog =
                        new Watchdog("genkan-nowhere", List.of(gate.heartbeat(0)), QUICK, SdNotify.none(), listener)) {
            watchdog.start();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("blind");
            assertThat(told.poll(1, TimeUnit.SECONDS)).isNull();
            assertThat(gate.heartbeat(0).isHeld()).isFalse();
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.holds(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.holds()).isTrue();
    }
}
