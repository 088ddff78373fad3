package jp.genkan.dataplane.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the kernel forwards among more than two ports while nobody inspects: p0 inside, p1 outside, p2 the box itself. */
class KernelSwitchTest {
    private static final int HOST = 2;

    private final TestNetwork network = new TestNetwork(3);
    private final List<PacketSocket> senders = new ArrayList<>();
    private final List<PacketSocket> receivers = new ArrayList<>();
    private Gate gate;

    KernelSwitchTest() {
        List<GatePort> ports = new ArrayList<>(network.ports());
        ports.set(HOST, new GatePort(HOST, "p2", ports.get(HOST).ifindex(), Side.HOST));
        gate = TestNetwork.in(network.box(), () -> Gate.prepare(ports, 1, FailPolicy.OPEN, GateSettings.DEFAULT));
    }

    @BeforeEach
    void open() {
        for (int end = 0; end < 3; end++) {
            senders.add(TestNetwork.in(network.end(end), () -> PacketSocket.to("e0")));
            receivers.add(TestNetwork.in(network.end(end), () -> PacketSocket.on("e0")));
        }
    }

    @AfterEach
    void close() {
        senders.forEach(PacketSocket::close);
        receivers.forEach(PacketSocket::close);
        gate.close();
        network.close();
    }

    private static byte[] frame(long destination, long source) {
        return Frames.ethernet(destination, source, 0x0800, Frames.ipv4(1, 2, Frames.UDP, 0, Frames.udp(1, 2, 20)));
    }

    /** Sends at one end; the ends at which it arrives. */
    private List<Integer> arrives(int from, byte[] frame) throws IOException {
        senders.get(from).send(frame);
        List<Integer> ends = new ArrayList<>();
        for (int end = 0; end < 3; end++) {
            int copies = receivers.get(end).drain();
            for (int i = 0; i < copies; i++) {
                ends.add(end);
            }
        }
        return ends;
    }

    @Test
    void floodsUnknownAndGroupDestinationsToAllOtherPorts() throws IOException {
        assertThat(arrives(0, frame(TestNetwork.mac(1), TestNetwork.mac(0)))).containsExactly(1, 2);
        assertThat(arrives(2, frame(Mac.BROADCAST, TestNetwork.mac(2)))).containsExactly(0, 1);
        assertThat(arrives(1, frame(0x0180_c200_0000L, TestNetwork.mac(1)))).containsExactly(0, 2);
    }

    @Test
    void sendsToThePortOfTheDestinationOnceThatHasSpoken() throws IOException {
        arrives(1, frame(Mac.BROADCAST, TestNetwork.mac(1)));
        assertThat(arrives(0, frame(TestNetwork.mac(1), TestNetwork.mac(0)))).containsExactly(1);
        assertThat(arrives(1, frame(TestNetwork.mac(0), TestNetwork.mac(1)))).containsExactly(0);
    }

    @Test
    void followsStationThatMoves() throws IOException {
        arrives(1, frame(Mac.BROADCAST, TestNetwork.mac(7)));
        assertThat(arrives(0, frame(TestNetwork.mac(7), TestNetwork.mac(0)))).containsExactly(1);
        arrives(2, frame(Mac.BROADCAST, TestNetwork.mac(7)));
        assertThat(arrives(0, frame(TestNetwork.mac(7), TestNetwork.mac(0)))).containsExactly(2);
    }

    @Test
    void doesNotSendBackWhereTheFrameCameFrom() throws IOException {
        arrives(0, frame(Mac.BROADCAST, TestNetwork.mac(7)));
        assertThat(arrives(0, frame(TestNetwork.mac(7), TestNetwork.mac(0)))).isEmpty();
        assertThat(gate.snapshot().frames(0, GateWay.FILTERED)).isEqualTo(1);
    }

    @Test
    void learnsNothingFromGroupSource() throws IOException {
        arrives(1, frame(Mac.BROADCAST, 0x0100_0000_0007L));
        assertThat(arrives(0, frame(0x0100_0000_0007L, TestNetwork.mac(0)))).containsExactly(1, 2);
    }

    @Test
    void knowsStationsThatSpokeWhileTheInspectorForwarded() throws IOException {
        PacketSocket ring = TestNetwork.in(network.box(), () -> PacketSocket.filtered("p1", gate.ringFilterFd(0)));
        gate.heartbeat(0).beat(System.nanoTime() + 60_000_000_000L);
        gate.activate();
        assertThat(arrives(1, frame(Mac.BROADCAST, TestNetwork.mac(1)))).isEmpty();
        gate.deactivate();
        assertThat(ring.drain()).isEqualTo(1);
        ring.close();
        assertThat(arrives(0, frame(TestNetwork.mac(1), TestNetwork.mac(0)))).containsExactly(1);
    }

    @Test
    void keepsProbeOfTheHostPortInTheBox() throws IOException {
        byte[] probe = Frames.ethernet(Mac.BROADCAST, TestNetwork.mac(2), 0x88b5, new byte[46]);
        assertThat(arrives(HOST, probe)).isEmpty();
        assertThat(gate.snapshot().frames(HOST, GateWay.PROBE)).isEqualTo(1);
        assertThat(arrives(0, probe)).as("somebody else's, from the wire").containsExactly(1, 2);
    }

    @Test
    void guardsInterfaceThatCameBackUnderAnotherIndex() throws IOException {
        TestNetwork.ip("-n " + network.box() + " link del p1");
        TestNetwork.ip("link add p1 netns " + network.box() + " type veth peer name e0 netns " + network.end(1));
        TestNetwork.ip("-n " + network.box() + " link set p1 up");
        TestNetwork.ip("-n " + network.end(1) + " link set e0 up");
        int ifindex = network.ifindex("p1");
        TestNetwork.in(network.box(), () -> {
            gate.replace(new GatePort(1, "p1", ifindex, Side.OUTSIDE));
            return true;
        });
        receivers.set(1, TestNetwork.in(network.end(1), () -> PacketSocket.on("e0")));
        senders.set(1, TestNetwork.in(network.end(1), () -> PacketSocket.to("e0")));
        assertThat(arrives(0, frame(TestNetwork.mac(1), TestNetwork.mac(0)))).containsExactly(1, 2);
        assertThat(arrives(1, frame(TestNetwork.mac(0), TestNetwork.mac(1)))).containsExactly(0);
    }
}
