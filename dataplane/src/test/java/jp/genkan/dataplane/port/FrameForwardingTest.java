package jp.genkan.dataplane.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Frames by hand through two rings.
 *
 * <pre>
 *  test ── e0 ══ p0 ── rings ── p1 ══ e1 ── tcpdump
 * </pre>
 */
class FrameForwardingTest {
    private static final String MACS = "02000000e1e1 02000000e0e0";
    private static final PortSettings SETTINGS = settings(Duration.ofSeconds(10));

    private NetworkNamespace namespace;

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = NetworkNamespace.create();
    }

    @AfterEach
    void removeNamespace() throws Exception {
        if (namespace != null) {
            namespace.close();
        }
    }

    private static PortSettings settings(Duration stallLimit) {
        return new PortSettings(
                List.of("p0"), List.of("p1"), null, new RingSize(8), RingSize.HOST, stallLimit, 64, Duration.ZERO);
    }

    private FloodingForwarder forward(PortSettings settings, int workers, PortListener listener) throws Exception {
        return namespace.call(() -> {
            PortSetup setup = PortSetup.prepare(settings);
            return new FloodingForwarder(setup.open(workers, RingFilters.NONE, listener), workers);
        });
    }

    private static Map<String, byte[]> kinds() {
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        kinds.put("IPv4", Wire.frame(MACS + "0800", 60));
        kinds.put("largest without tag", Wire.frame(MACS + "0800", 1514));
        kinds.put("802.1Q", Wire.frame(MACS + "8100 0064 0800", 64));
        kinds.put("largest with tag", Wire.frame(MACS + "8100 0064 0800", 1518));
        kinds.put("priority tag", Wire.frame(MACS + "8100 e000 0800", 64));
        kinds.put("tag of zero", Wire.frame(MACS + "8100 0000 86dd", 64));
        kinds.put("drop eligible", Wire.frame(MACS + "8100 3123 0806", 64));
        kinds.put("QinQ", Wire.frame(MACS + "88a8 0064 8100 00c8 0800", 68));
        kinds.put("QinQ of two 0x8100", Wire.frame(MACS + "8100 0064 8100 00c8 0800", 68));
        kinds.put("PPPoE session", Wire.frame(MACS + "8864 1100 0007 0016 0021", 60));
        kinds.put("PPPoE in VLAN", Wire.frame(MACS + "8100 0005 8864 1100 0007 0016 0021", 64));
        kinds.put("MPLS", Wire.frame(MACS + "8847 00064140", 60));
        kinds.put("802.3 with LLC", Wire.frame(MACS + "0026 e0e003", 60));
        kinds.put("STP", Wire.frame("0180c2000000 02000000e0e0 0026 424203", 60));
        kinds.put("LLDP", Wire.frame("0180c200000e 02000000e0e0 88cc", 60));
        kinds.put("pause", Wire.frame("0180c2000001 02000000e0e0 8808 0001 ffff", 60));
        kinds.put("EAPOL", Wire.frame("0180c2000003 02000000e0e0 888e 0101", 60));
        kinds.put("broadcast ARP", Wire.frame("ffffffffffff 02000000e0e0 0806 0001", 60));
        kinds.put("IPv6 multicast", Wire.frame("333300000001 02000000e0e0 86dd", 80));
        kinds.put("header only", Wire.frame(MACS + "0800", 14));
        kinds.put("runt", Wire.frame(MACS + "1234", 20));
        return kinds;
    }

    private static List<String> hexadecimal(Map<String, byte[]> kinds) {
        return kinds.values().stream().map(HexFormat.of()::formatHex).toList();
    }

    @Test
    void forwardsEveryKindOfFrameUnchangedAndInOrder() throws Exception {
        Wire.lay(namespace, 1500);
        Map<String, byte[]> kinds = kinds();
        try (FloodingForwarder forwarder = forward(SETTINGS, 1, PortListener.NONE);
                Wire wire = Wire.open(namespace)) {
            for (byte[] frame : kinds.values()) {
                wire.send(frame);
            }
            assertThat(wire.await(kinds.size())).isEqualTo(hexadecimal(kinds));
            assertThat(forwarder.threads()).hasSize(1);
        }
    }

    @Test
    void forwardsJumboFramesUnchanged() throws Exception {
        Wire.lay(namespace, 9000);
        Map<String, byte[]> kinds = new LinkedHashMap<>();
        kinds.put("jumbo", Wire.frame(MACS + "0800", 9014));
        kinds.put("jumbo in VLAN", Wire.frame(MACS + "8100 0064 0800", 9018));
        kinds.put("between", Wire.frame(MACS + "86dd", 4321));
        try (FloodingForwarder forwarder = forward(SETTINGS, 1, PortListener.NONE);
                Wire wire = Wire.open(namespace)) {
            for (byte[] frame : kinds.values()) {
                wire.send(frame);
            }
            assertThat(wire.await(kinds.size())).isEqualTo(hexadecimal(kinds));
            assertThat(forwarder.threads()).hasSize(1);
        }
    }

    @Test
    void dropsAndCountsOnlyTheFrameThatIsTooLarge() throws Exception {
        Wire.lay(namespace, 1500);
        FloodingForwarder forwarder = forward(SETTINGS, 1, PortListener.NONE);
        List<Port> ports;
        try (forwarder;
                Wire wire = Wire.open(namespace)) {
            ports = forwarder.ports();
            namespace.run("ip link set p1 mtu 1000"); // after the check at the start
            forwarder.pauseNanos.set(300_000_000); // so that all of them make one batch
            List<byte[]> frames = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                frames.add(Wire.frame(MACS + "0800 0" + i, i % 3 == 1 ? 1400 : 100));
            }
            for (byte[] frame : frames) {
                wire.send(frame);
            }
            assertThat(wire.await(6))
                    .isEqualTo(frames.stream()
                            .filter(frame -> frame.length == 100)
                            .map(HexFormat.of()::formatHex)
                            .toList());
        }
        assertThat(ports.get(1).total(PortCounter.DROPPED_EGRESS_TOO_LARGE)).isEqualTo(3);
        assertThat(ports.get(1).total(PortCounter.FRAMES_SENT)).isEqualTo(6);
        assertThat(ports.get(1).total(PortCounter.BYTES_SENT)).isEqualTo(600);
        assertThat(ports.get(0).total(PortCounter.FRAMES_RECEIVED)).isEqualTo(9);
        assertThat(ports.get(0).total(PortCounter.BYTES_RECEIVED)).isEqualTo(3 * 1400 + 6 * 100);
    }

    @Test
    void dropsWhatHasWaitedInTheRingLongerThanTheStallLimit() throws Exception {
        Wire.lay(namespace, 1500);
        FloodingForwarder forwarder = forward(settings(Duration.ofMillis(150)), 1, PortListener.NONE);
        try (forwarder;
                Wire wire = Wire.open(namespace)) {
            forwarder.pauseNanos.set(1_000_000_000);
            for (int i = 0; i < 5; i++) {
                wire.send(Wire.frame(MACS + "0800 aa", 100));
            }
            while (forwarder.ports().get(0).total(PortCounter.DROPPED_STALE) < 5) {
                Thread.sleep(10);
            }
            byte[] late = Wire.frame(MACS + "0800 bb", 100);
            wire.send(late);
            assertThat(wire.await(1)).containsExactly(HexFormat.of().formatHex(late));
            assertThat(forwarder.ports().get(0).total(PortCounter.STALLS)).isPositive();
        }
    }

    @Test
    void countsWhatTheRingHasNoRoomFor() throws Exception {
        Wire.lay(namespace, 1500);
        try (FloodingForwarder forwarder = forward(SETTINGS, 1, PortListener.NONE);
                Wire wire = Wire.open(namespace)) {
            int slots = SETTINGS.ring().slots();
            forwarder.pauseNanos.set(500_000_000);
            for (int i = 0; i < slots + 20; i++) {
                wire.send(Wire.frame(MACS + "0800", 100));
            }
            Port ingress = forwarder.ports().get(0);
            while (ingress.total(PortCounter.FRAMES_RECEIVED) + ingress.total(PortCounter.DROPPED_RING_FULL)
                    < slots + 20) {
                Thread.sleep(10);
            }
            assertThat(ingress.total(PortCounter.DROPPED_RING_FULL)).isBetween(1L, 20L);
        }
    }

    @Test
    void sharesFramesAmongWorkersWithoutLossOrRepetition() throws Exception {
        Wire.lay(namespace, 1500);
        try (FloodingForwarder forwarder = forward(SETTINGS, 2, PortListener.NONE);
                Wire wire = Wire.open(namespace)) {
            List<String> sent = new ArrayList<>();
            for (int host = 1; host <= 100; host++) {
                byte[] frame = Wire.frame(
                        MACS + "0800 45000054 00004000 40110000 0a000001 0a0000" + String.format("%02x", host)
                                + " 1000 2000 0040 0000",
                        98);
                sent.add(HexFormat.of().formatHex(frame));
                wire.send(frame);
            }
            List<String> arrived = wire.await(sent.size());
            assertThat(arrived)
                    .as(() -> "counters of the ports "
                            + forwarder.ports().stream().map(Port::counters).toList())
                    .containsExactlyInAnyOrderElementsOf(sent);
            assertThat(forwarder.ports().get(0).counters())
                    .allSatisfy(set ->
                            assertThat(set.get(PortCounter.FRAMES_RECEIVED)).isPositive());
        }
    }

    /** Writes down what it is told. */
    private static final class Notes implements PortListener {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public void portLost(Port port, PortState state) {
            told.add(port.name() + " lost " + state);
        }

        @Override
        public void portBack(Port port, boolean reopened) {
            told.add(port.name() + " back " + reopened);
        }

        String next() throws InterruptedException {
            String note = told.poll(20, TimeUnit.SECONDS);
            return note == null ? "nothing" : note;
        }
    }

    @Test
    void forwardsAgainAfterAnInterfaceWasRemovedAndMadeAnew() throws Exception {
        Wire.lay(namespace, 1500);
        Notes notes = new Notes();
        for (int workers = 1; workers <= 2; workers++) {
            try (FloodingForwarder forwarder = forward(SETTINGS, workers, notes)) {
                int before = forwarder.ports().get(0).index();
                namespace.run("ip link del p0");
                assertThat(notes.next()).isEqualTo("p0 lost GONE");
                namespace.run("ip link add e0 type veth peer name p0");
                namespace.run("ip link set e0 up");
                namespace.run("ip link set p0 up");
                String note = notes.next();
                while (note.startsWith("p0 lost")) { // made but not up yet
                    note = notes.next();
                }
                assertThat(note).startsWith("p0 back");
                assertThat(forwarder.ports().get(0).index()).isNotEqualTo(before);
                try (Wire wire = Wire.open(namespace)) {
                    byte[] frame = Wire.frame(MACS + "0800", 100);
                    wire.send(frame);
                    assertThat(wire.await(1)).containsExactly(HexFormat.of().formatHex(frame));
                }
                assertThat(forwarder.ports().get(0).total(PortCounter.REOPENED)).isEqualTo(workers);
            }
            notes.told.clear();
        }
    }

    @Test
    void tellsOfACableThatIsPulledAndCountsWhatCannotLeave() throws Exception {
        Wire.lay(namespace, 1500);
        Notes notes = new Notes();
        try (FloodingForwarder forwarder = forward(SETTINGS, 1, notes);
                Wire wire = Wire.open(namespace)) {
            namespace.run("ip link set e1 down");
            assertThat(notes.next()).isEqualTo("p1 lost NO_CARRIER");
            wire.send(Wire.frame(MACS + "0800", 100));
            Port egress = forwarder.ports().get(1);
            while (egress.total(PortCounter.DROPPED_EGRESS_DOWN) == 0) {
                Thread.sleep(10);
            }
            namespace.run("ip link set e1 up");
            assertThat(notes.next()).isEqualTo("p1 back false");
            assertThat(egress.total(PortCounter.FRAMES_SENT)).isZero();
        }
    }

    @Test
    void forwardsAgainAfterAnInterfaceWasDown() throws Exception {
        Wire.lay(namespace, 1500);
        Notes notes = new Notes();
        try (FloodingForwarder forwarder = forward(SETTINGS, 2, notes);
                Wire wire = Wire.open(namespace)) {
            namespace.run("ip link set p0 down");
            assertThat(notes.next()).isEqualTo("p0 lost DOWN");
            namespace.run("ip link set p0 up");
            assertThat(notes.next()).isEqualTo("p0 back false");
            byte[] frame = Wire.frame(MACS + "0800", 100);
            wire.send(frame);
            assertThat(wire.await(1)).containsExactly(HexFormat.of().formatHex(frame));
            assertThat(forwarder.threads()).hasSize(2);
        }
    }
}
