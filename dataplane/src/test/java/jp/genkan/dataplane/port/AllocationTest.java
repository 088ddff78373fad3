package jp.genkan.dataplane.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.Test;

/** The path of a frame through the queues allocates nothing once it is compiled. */
class AllocationTest {
    private static final int FRAMES = 20_000;

    /** How often this many frames are tried: a call allocates until the optimising compiler has come to it, on a busy machine late. */
    private static final int TRIES_MAX = 100;

    /** In a JVM of its own: what other tests did decides what the compiler makes of the same code. */
    @Test
    void allocatesNothingForAFrame() throws Exception {
        NetworkNamespace.create().close(); // says that it is skipped where there is no root
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AllocationTest.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines = child.inputReader().lines().toList();
        assertThat(child.waitFor()).as("%s", lines).isZero();
        assertThat(lines.getLast()).isEqualTo("allocated 0");
    }

    /** Measures, and prints how many octets the best try has allocated. */
    public static void main(String[] none) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            Wire.lay(namespace, 1500);
            namespace.call(() -> {
                PortSettings settings = new PortSettings(
                        List.of("p0"),
                        List.of("p1"),
                        null,
                        new RingSize(4),
                        RingSize.HOST,
                        Duration.ofSeconds(10),
                        64,
                        Duration.ZERO);
                try (PortSetup setup = PortSetup.prepare(settings);
                        Ports ports = setup.open(1, RingFilters.NONE, PortListener.NONE);
                        Wire wire = Wire.open(namespace)) {
                    Pump pump = new Pump(ports, wire);
                    long least = Long.MAX_VALUE;
                    for (int i = 0; i < TRIES_MAX && least > 0; i++) {
                        least = Math.min(least, pump.run(FRAMES));
                    }
                    System.out.println("allocated " + least);
                }
                return null;
            });
        }
    }

    /** Sends frames in bursts, forwards them on the same thread, and measures the forwarding only. */
    private static final class Pump {
        private static final int BURST = 50;

        private final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final PortQueue[] queues;
        private final Poller poller;
        private final Wire wire;
        private final Packet packet = new Packet();
        private final byte[] plain = Wire.frame("02000000e1e1 02000000e0e0 0800", 100);
        private final byte[] tagged = Wire.frame("02000000e1e1 02000000e0e0 8100 0064 0800", 100);

        Pump(Ports ports, Wire wire) {
            this.queues = ports.queues(0).toArray(PortQueue[]::new);
            this.poller = ports.poller(0);
            this.wire = wire;
        }

        long run(int frames) throws Exception {
            long allocated = 0;
            for (int sent = 0; sent < frames; sent += BURST) {
                for (int i = 0; i < BURST; i++) {
                    wire.send(i % 2 == 0 ? plain : tagged);
                }
                allocated += forward();
            }
            return allocated;
        }

        private long forward() {
            long before = threads.getCurrentThreadAllocatedBytes();
            int forwarded = 0;
            while (forwarded < BURST) {
                poller.await(1_000_000_000);
                forwarded += FloodingForwarder.round(queues, packet);
                for (PortQueue queue : queues) {
                    queue.maintain(0);
                }
            }
            poller.await(1_000); // and once through the sleeping path
            return threads.getCurrentThreadAllocatedBytes() - before;
        }
    }
}
