package jp.genkan.dataplane.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which frames of a settled flow the kernel forwards, and which go to the ring all the same. */
class SettledFlowsTest {
    private static final int CLIENT = 0x0a00_0001;
    private static final int SERVER = 0x0a00_0002;
    private static final long[] CLIENT6 = {0xfd00_0000_0000_0000L, 0x11};
    private static final long[] SERVER6 = {0xfd00_0000_0000_0001L, 0x22};

    private final TestNetwork network = new TestNetwork(2);
    private final FlowTuple flow = new FlowTuple();
    private final FlowTraffic traffic = new FlowTraffic();
    private Gate gate;
    private SettledFlows settled;
    private PacketSocket rings0;
    private PacketSocket rings1;

    SettledFlowsTest() throws IOException {
        List<GatePort> ports = network.ports();
        gate = TestNetwork.in(network.box(), () -> Gate.prepare(ports, 1, FailPolicy.OPEN, GateSettings.DEFAULT));
        settled = gate.settled();
        rings0 = TestNetwork.in(network.box(), () -> PacketSocket.filtered("p0", gate.ringFilterFd(0)));
        rings1 = TestNetwork.in(network.box(), () -> PacketSocket.filtered("p1", gate.ringFilterFd(0)));
    }

    @BeforeEach
    void activate() {
        gate.heartbeat(0).beat(System.nanoTime() + 60_000_000_000L);
        gate.activate();
        flow.protocol = Frames.UDP;
        flow.clientLow = 0xffff_0000_0000L | CLIENT;
        flow.serverLow = 0xffff_0000_0000L | SERVER;
        flow.clientPort = 40_000;
        flow.serverPort = 53_000;
        flow.clientIngress = 0;
        flow.serverIngress = 1;
    }

    @AfterEach
    void close() {
        rings0.close();
        rings1.close();
        gate.close();
        network.close();
    }

    /** Where a frame goes that is sent at an end. */
    private GateWay way(int from, int type, byte[] packet, int... tags) throws IOException {
        try (PacketSocket receiver = TestNetwork.in(network.end(1 - from), () -> PacketSocket.on("e0"));
                PacketSocket sender = TestNetwork.in(network.end(from), () -> PacketSocket.to("e0"))) {
            sender.send(Frames.ethernet(TestNetwork.mac(1 - from), TestNetwork.mac(from), type, packet, tags));
            boolean through = receiver.receive() > 0;
            boolean ring = (from == 0 ? rings0 : rings1).drain() > 0;
            assertThat(through).as("one taker").isNotEqualTo(ring);
            return through ? GateWay.SETTLED : GateWay.RING;
        }
    }

    private static byte[] toServer(int protocol, byte[] segment) {
        return Frames.ipv4(CLIENT, SERVER, protocol, 0, segment);
    }

    private static byte[] toClient(int protocol, byte[] segment) {
        return Frames.ipv4(SERVER, CLIENT, protocol, 0, segment);
    }

    private static byte[] udp() {
        return toServer(Frames.UDP, Frames.udp(40_000, 53_000, 10));
    }

    private static byte[] udpBack() {
        return toClient(Frames.UDP, Frames.udp(53_000, 40_000, 30));
    }

    @Test
    void forwardsBothDirectionsInKernelAndCountsThem() throws IOException {
        assertThat(way(0, 0x0800, udp())).isEqualTo(GateWay.RING);
        assertThat(settled.settle(flow, System.nanoTime())).isTrue();
        assertThat(way(0, 0x0800, udp())).isEqualTo(GateWay.SETTLED);
        assertThat(way(1, 0x0800, udpBack())).isEqualTo(GateWay.SETTLED);
        assertThat(way(1, 0x0800, udpBack())).isEqualTo(GateWay.SETTLED);
        assertThat(way(1, 0x0800, udp()))
                .as("from the other side it is another flow")
                .isEqualTo(GateWay.RING);
        assertThat(way(0, 0x0800, toServer(Frames.UDP, Frames.udp(40_001, 53_000, 10))))
                .isEqualTo(GateWay.RING);

        assertThat(settled.read(flow, traffic)).isTrue();
        assertThat(traffic.toServerFrames).isEqualTo(1);
        assertThat(traffic.toServerBytes).isEqualTo(14 + 28 + 10);
        assertThat(traffic.toClientFrames).isEqualTo(2);
        assertThat(traffic.toClientBytes).isEqualTo(2 * (14 + 28 + 30));
        assertThat(System.nanoTime() - traffic.lastNanos).isBetween(-20_000_000L, 5_000_000_000L);
        assertThat(gate.snapshot().frames(GateWay.SETTLED)).isEqualTo(3);
        assertThat(gate.snapshot().toPrometheus())
                .contains("genkan_gate_frames_total{port=\"p0\",way=\"settled\"} 1\n");
    }

    @Test
    void newGenerationUnsettlesEveryFlow() throws IOException {
        settled.settle(flow, System.nanoTime());
        gate.bumpGeneration();
        assertThat(way(0, 0x0800, udp())).isEqualTo(GateWay.RING);
        assertThat(settled.read(flow, traffic)).isFalse();
        settled.settle(flow, System.nanoTime());
        assertThat(way(0, 0x0800, udp())).isEqualTo(GateWay.SETTLED);
        settled.remove(flow);
        assertThat(way(0, 0x0800, udp())).isEqualTo(GateWay.RING);
    }

    @Test
    void beginAndEndOfConnectionAndOddPacketsGoToTheRing() throws IOException {
        flow.protocol = Frames.TCP;
        settled.settle(flow, System.nanoTime());
        assertThat(way(0, 0x0800, toServer(Frames.TCP, Frames.tcp(40_000, 53_000, Frames.ACK, 0))))
                .isEqualTo(GateWay.SETTLED);
        assertThat(way(0, 0x0800, toServer(Frames.TCP, Frames.tcp(40_000, 53_000, Frames.ACK | 0x08, 900))))
                .isEqualTo(GateWay.SETTLED);
        for (int flags : new int[] {0x02, 0x12, 0x01, 0x11, 0x04, 0x14}) {
            assertThat(way(0, 0x0800, toServer(Frames.TCP, Frames.tcp(40_000, 53_000, flags, 0))))
                    .as("flags %x", flags)
                    .isEqualTo(GateWay.RING);
        }
        byte[] segment = Frames.tcp(40_000, 53_000, Frames.ACK, 40);
        assertThat(way(0, 0x0800, Frames.ipv4(CLIENT, SERVER, Frames.TCP, 0x2000, segment)))
                .as("first fragment")
                .isEqualTo(GateWay.RING);
        assertThat(way(0, 0x0800, Frames.ipv4(CLIENT, SERVER, Frames.TCP, 0x0010, segment)))
                .as("later fragment")
                .isEqualTo(GateWay.RING);
        assertThat(way(0, 0x0800, Frames.ipv4(CLIENT, SERVER, Frames.TCP, 0x4000, segment)))
                .as("don't fragment")
                .isEqualTo(GateWay.SETTLED);
        assertThat(way(0, 0x0800, Frames.with(toServer(Frames.TCP, segment), packet -> packet.put(0, (byte) 0x46))))
                .as("options")
                .isEqualTo(GateWay.RING);
        assertThat(way(0, 0x0800, java.util.Arrays.copyOf(toServer(Frames.TCP, segment), 30)))
                .as("cut off")
                .isEqualTo(GateWay.RING);
    }

    @Test
    void knowsFlowsOfIpv6InTagsAndInPppoe() throws IOException {
        flow.vlanIds = 100;
        settled.settle(flow, System.nanoTime());
        assertThat(way(0, 0x0800, udp(), 0x8100, 100)).isEqualTo(GateWay.SETTLED);
        assertThat(way(0, 0x0800, udp(), 0x8100, 101)).isEqualTo(GateWay.RING);
        assertThat(way(0, 0x0800, udp())).isEqualTo(GateWay.RING);
        flow.vlanIds = 7 | 100 << 12;
        settled.settle(flow, System.nanoTime());
        assertThat(way(1, 0x0800, udpBack(), 0x88a8, 7, 0x8100, 100)).isEqualTo(GateWay.SETTLED);
        assertThat(way(1, 0x0800, udpBack(), 0x88a8, 100, 0x8100, 7)).isEqualTo(GateWay.RING);
        flow.vlanIds = 0;
        flow.pppoeSession = 0x1234;
        settled.settle(flow, System.nanoTime());
        assertThat(way(0, 0x8864, Frames.pppoe(0x1234, false, udp()))).isEqualTo(GateWay.SETTLED);
        assertThat(way(0, 0x8864, Frames.pppoe(0x1235, false, udp()))).isEqualTo(GateWay.RING);

        flow.pppoeSession = -1;
        flow.clientHigh = CLIENT6[0];
        flow.clientLow = CLIENT6[1];
        flow.serverHigh = SERVER6[0];
        flow.serverLow = SERVER6[1];
        flow.protocol = Frames.TCP;
        settled.settle(flow, System.nanoTime());
        byte[] segment = Frames.tcp(40_000, 53_000, Frames.ACK, 0);
        assertThat(way(0, 0x86dd, Frames.ipv6(CLIENT6, SERVER6, Frames.TCP, segment)))
                .isEqualTo(GateWay.SETTLED);
        assertThat(way(0, 0x86dd, Frames.ipv6(CLIENT6, SERVER6, Frames.TCP, Frames.tcp(40_000, 53_000, 0x11, 0))))
                .isEqualTo(GateWay.RING);
        assertThat(way(0, 0x86dd, Frames.ipv6(CLIENT6, SERVER6, 44, new byte[40])))
                .isEqualTo(GateWay.RING);
    }

    @Test
    void refusesWhatTheKernelCouldNotKnowAgain() {
        flow.vlanIds = 1L | 2L << 12 | 3L << 24;
        assertThat(settled.settle(flow, 0)).isFalse();
        flow.vlanIds = 0;
        flow.protocol = 1;
        assertThat(settled.settle(flow, 0)).isFalse();
        flow.protocol = Frames.UDP;
        flow.serverIngress = 5;
        assertThat(settled.settle(flow, 0)).isFalse();
        assertThat(settled.counters().get(SettledCounter.NOT_SETTLEABLE)).isEqualTo(3);
    }

    @Test
    void allocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        long allocated = 0;
        for (int round = 0; round < 5; round++) { // the first ones warm up
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 20_000; i++) {
                flow.clientPort = i;
                settled.settle(flow, i);
                settled.read(flow, traffic);
                gate.heartbeat(0).beat(i);
            }
            allocated = threads.getThreadAllocatedBytes(thread) - before;
        }
        assertThat(allocated).isLessThan(20_000); // less than one octet a call: the measuring itself
    }
}
