package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Each frame has exactly one taker, also while inspection is switched on and off under load. */
class GateSwitchOverTest {
    private static final int ROUNDS = 200;
    private static final int GAP_NANOS = 20_000; // about 50,000 frames a second
    private static final int SEQUENCE_AT = 42;
    private static final int FRAMES_MAX = 10_000_000;

    /** What came out: how often a number was repeated, and which were seen. */
    private static final class Seen {
        private final BitSet numbers = new BitSet(FRAMES_MAX);
        private int repeated;
        private int last = -1;
        private int late;

        private void add(int number) {
            if (numbers.get(number)) {
                repeated++;
            }
            if (number < last) {
                late++;
            }
            last = Math.max(last, number);
            numbers.set(number);
        }
    }

    /** A busy machine may keep the worker waiting for longer than the default allows; that is not what is tested here. */
    private static final GateSettings PATIENT =
            new GateSettings(10_000_000_000L, GateSettings.SETTLED_FLOWS_MAX, GateSettings.FRAME_BYTES_MAX);

    @Test
    void losesAndRepeatsNothingWhenSwitchedUnderLoad() throws IOException {
        try (TestNetwork network = new TestNetwork(2)) {
            List<GatePort> ports = network.ports();
            Gate gate = TestNetwork.in(network.box(), () -> Gate.prepare(ports, 1, FailPolicy.OPEN, PATIENT));
            PacketSocket ring = TestNetwork.in(network.box(), () -> PacketSocket.filtered("p0", gate.ringFilterFd(0)));
            PacketSocket way = TestNetwork.in(network.box(), () -> PacketSocket.to("p1"));
            PacketSocket receiver = TestNetwork.in(network.end(1), () -> PacketSocket.on("e0"));
            PacketSocket sender = TestNetwork.in(network.end(0), () -> PacketSocket.to("e0"));

            AtomicBoolean sending = new AtomicBoolean(true);
            AtomicBoolean working = new AtomicBoolean(true);
            AtomicBoolean receiving = new AtomicBoolean(true);
            CompletableFuture<Integer> sent = TestNetwork.start(network.end(0), () -> send(sender, sending));
            gate.heartbeat(0).beat(System.nanoTime()); // the first sign of life; the worker's thread may start late
            CompletableFuture<Integer> worked =
                    TestNetwork.start(network.box(), () -> forward(gate.heartbeat(0), ring, way, working));
            CompletableFuture<Seen> received = TestNetwork.start(network.end(1), () -> receive(receiver, receiving));

            for (int round = 0; round < ROUNDS; round++) {
                gate.activate();
                LockSupport.parkNanos(2_000_000);
                gate.deactivate();
            }
            sending.set(false);
            int frames = sent.join();
            working.set(false);
            int forwarded = worked.join();
            receiving.set(false);
            Seen seen = received.join();
            GateCounters counters = gate.snapshot();
            gate.close();

            assertThat(frames).isGreaterThan(10_000);
            assertThat(forwarded).as("frames that went through the ring").isGreaterThan(ROUNDS);
            assertThat(counters.frames(0, GateWay.OPEN))
                    .as("frames that the kernel forwarded")
                    .isGreaterThan(ROUNDS);
            assertThat(counters.frames(0, GateWay.RING)).isEqualTo(forwarded);
            assertThat(counters.frames(0, GateWay.STALE)).isZero();
            assertThat(seen.repeated).as("repeated").isZero();
            assertThat(frames - seen.numbers.cardinality())
                    .as("lost of " + frames)
                    .isZero();
            System.out.printf(
                    "switch-over: %d frames, %d by the ring, %d switches, 0 lost, 0 repeated, %d overtaken%n",
                    frames, forwarded, 2 * ROUNDS, seen.late);
            for (PacketSocket socket : List.of(ring, way, receiver, sender)) {
                socket.close();
            }
        }
    }

    private static int send(PacketSocket sender, AtomicBoolean sending) throws IOException {
        byte[] frame = Frames.ethernet(
                TestNetwork.mac(1),
                TestNetwork.mac(0),
                0x0800,
                Frames.ipv4(0x0a000001, 0x0a000002, Frames.UDP, 0, Frames.udp(1, 2, 18)));
        int number = 0;
        long next = System.nanoTime();
        while (sending.get() && number < FRAMES_MAX) {
            int written = number++;
            java.nio.ByteBuffer.wrap(frame)
                    .order(java.nio.ByteOrder.nativeOrder())
                    .putInt(SEQUENCE_AT, written);
            sender.send(frame);
            next += GAP_NANOS;
            while (System.nanoTime() < next) {
                Thread.onSpinWait();
            }
        }
        return number;
    }

    private static int forward(Heartbeat heartbeat, PacketSocket ring, PacketSocket way, AtomicBoolean working)
            throws IOException {
        int frames = 0;
        boolean drained = false;
        while (working.get() || !drained) {
            heartbeat.beat(System.nanoTime());
            int length = ring.receive();
            drained = length == 0;
            if (length > 0) {
                way.buffer().copyFrom(ring.buffer().asSlice(0, length));
                way.send(length);
                frames++;
            }
        }
        return frames;
    }

    private static Seen receive(PacketSocket receiver, AtomicBoolean receiving) throws IOException {
        Seen seen = new Seen();
        boolean drained = false;
        while (receiving.get() || !drained) {
            int length = receiver.receive();
            drained = length == 0;
            if (length > 0) {
                seen.add(receiver.buffer().get(JAVA_INT_UNALIGNED, SEQUENCE_AT));
            }
        }
        return seen;
    }
}
