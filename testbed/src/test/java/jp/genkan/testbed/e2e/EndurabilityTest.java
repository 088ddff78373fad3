package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.load.ConnectRate;
import jp.genkan.testbed.load.EchoStream;
import jp.genkan.testbed.load.IpFrames;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.PacketBatch;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Floods, and what must be kept through them and to the end. */
class EndurabilityTest {
    private static final int SPOOFED_FLOWS = 1_000_000;
    private static final int CONNECTIONS = 500;

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing();

    @Test
    void synFloodOfAMillionSpoofedFlowsLeavesLivingOnesWorking() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology)
                .yaml("gate:\n  bypass: false\nstream:\n  inspect: all\n")
                .start());
        try (EchoStream living = EchoStream.start(topology.lan(), topology.wan(), StandardProtocolFamily.INET);
                PacketBatch flood = new PacketBatch(
                        topology.lan().namespace(), topology.lan().link())) {
            living.awaitProgress(200, GenkanRig.LIMIT);
            byte[] syn = IpFrames.syn(topology.lan(), topology.wan(), 9);
            long start = System.nanoTime();
            for (int i = 0; i < SPOOFED_FLOWS; i++) {
                IpFrames.spoof(syn, i);
                flood.add(syn);
            }
            flood.flush();
            System.out.printf(
                    "measured: %,d spoofed flows in %.1f s%n", SPOOFED_FLOWS, (System.nanoTime() - start) / 1e9);
            // Frames that were lost in the flood leave TCP with a long retransmission time-out.
            living.awaitProgress(200, GenkanRig.LIMIT.multipliedBy(3));
            assertThat(living.isAlive()).isTrue();
        }
        assertThat(box.state()).isEqualTo("inspecting");
        assertThat(ConnectRate.run(topology.lan(), topology.wan(), Duration.ofSeconds(1))
                        .perSecond())
                .isPositive();
        GenkanRig.assertArrives(topology.lan(), topology.wan(), topology.wan().ipv4(), 10_000_000);
    }

    @Test
    void cleanStopLosesNoEvent() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology).start());
        int port;
        try (ServerSocketChannel server = topology.wan().listen(StandardProtocolFamily.INET)) {
            port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            ByteBuffer octet = ByteBuffer.allocateDirect(1);
            for (int i = 0; i < CONNECTIONS; i++) {
                try (SocketChannel client = topology.lan().connect((InetSocketAddress) server.getLocalAddress());
                        SocketChannel accepted = server.accept()) {
                    client.write(octet.clear());
                    accepted.read(octet.clear());
                }
            }
        }
        assertThat(box.terminate()).isZero();
        long flows = box.events().stream()
                .filter(event -> event.path("event_type").asText().equals("flow")
                        && event.path("dest_port").asInt() == port)
                .count();
        assertThat(flows).isEqualTo(CONNECTIONS);
    }
}
