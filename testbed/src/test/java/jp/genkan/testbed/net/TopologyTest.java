package jp.genkan.testbed.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jp.genkan.testbed.box.LinuxBridgeBox;
import jp.genkan.testbed.load.EchoTick;
import jp.genkan.testbed.load.TcpTransfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The test bed's own tools, proven against the kernel's bridge: what fails behind another box is then that box's fault. */
class TopologyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long BYTES = 4 << 20;

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing();

    @ParameterizedTest
    @EnumSource(FrameShape.class)
    void carriesTransfersInEveryShape(FrameShape shape) throws Exception {
        Topology topology = NETWORK.build(TopologySpec.of(shape, OffloadMode.NIC));
        NETWORK.closing(LinuxBridgeBox.start(topology));
        for (OffloadMode mode : OffloadMode.values()) {
            topology.setOffloads(mode);
            for (StandardProtocolFamily family : List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6)) {
                assertIntact(topology.lan(), topology.wan(), family);
                assertIntact(topology.wan(), topology.lan(), family);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "VLAN"})
    void carriesJumboFrames(FrameShape shape) throws Exception {
        Topology topology =
                NETWORK.build(TopologySpec.of(shape, OffloadMode.WIRE).withIpMtu(9000));
        NETWORK.closing(LinuxBridgeBox.start(topology));
        topology.lan().namespace().run("ping", "-c1", "-W5", "-Mdo", "-s8972", "192.168.77.1");
        for (OffloadMode mode : OffloadMode.values()) {
            topology.setOffloads(mode);
            assertIntact(topology.lan(), topology.wan(), StandardProtocolFamily.INET);
            assertIntact(topology.wan(), topology.lan(), StandardProtocolFamily.INET6);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FrameShape.class,
            names = {"VLAN", "QINQ", "PPPOE"})
    void framesOnTheWireAreWrapped(FrameShape shape) throws Exception {
        Topology topology = NETWORK.build(TopologySpec.of(shape, OffloadMode.WIRE));
        NETWORK.closing(LinuxBridgeBox.start(topology));
        try (PacketSocket wire = PacketSocket.open(topology.wan().namespace(), "wan0")) {
            topology.lan().namespace().run("ping", "-c1", "-W5", "192.168.77.1");
            byte[] frame = wire.receive(LIMIT, TopologyTest::carriesPing);
            assertThat(frame).isNotNull();
            String header = java.util.HexFormat.of().formatHex(frame, 12, 22);
            assertThat(header)
                    .startsWith(
                            switch (shape) {
                                case PLAIN -> "0800";
                                case VLAN -> "810000640800";
                                case QINQ -> "88a800c88100012c0800";
                                case PPPOE -> "886411001234";
                            });
        }
    }

    /** The ICMP echo request of a ping to the router, wherever its header stands. */
    private static boolean carriesPing(byte[] frame) {
        for (int ip = 14; ip + 28 <= frame.length && ip <= 22; ip += 4) {
            if (frame[ip] == 0x45 && frame[ip + 9] == 1 && frame[ip + 20] == 8) {
                return true;
            }
        }
        return frame.length > 50 && frame[22] == 0x45 && frame[31] == 1;
    }

    @Test
    void ticksTellAnOutageByItsLength() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        NETWORK.closing(LinuxBridgeBox.start(topology));
        EchoTick tick = NETWORK.closing(EchoTick.start(topology.lan(), topology.wan()));
        int mark = tick.mark();
        long before = System.nanoTime();
        topology.box().ip("link set p0 nomaster");
        long cut = System.nanoTime();
        Await.until("200 ms have passed", LIMIT, () -> System.nanoTime() - cut > 200_000_000L);
        topology.box().ip("link set p0 master br0");
        double outageMax = (System.nanoTime() - before) / 1e6;
        tick.awaitAnswers(100, LIMIT);
        EchoTick.Report report = tick.finish(mark);
        assertThat(report.outageMillis()).isBetween(195.0, outageMax + 50);
        assertThat(report.lost()).isPositive();
    }

    @Test
    void nothingStaysBehind() throws Exception {
        Path directory;
        try (Topology topology = Topology.build(TopologySpec.plain(OffloadMode.GSO))) {
            directory = topology.directory();
            topology.lan().namespace().start("sleep", "1000");
            assertThat(namespaces(topology)).hasSize(3);
        }
        assertThat(directory).doesNotExist();
        try (Stream<Path> left = Files.list(Path.of("/run/netns"))) {
            assertThat(left.filter(name -> name.getFileName()
                            .toString()
                            .startsWith(
                                    Topology.PREFIX + ProcessHandle.current().pid() + "-")))
                    .isEmpty();
        }
    }

    private static List<Path> namespaces(Topology topology) throws IOException {
        String prefix = topology.box().name().replaceAll("box$", "");
        try (Stream<Path> all = Files.list(Path.of("/run/netns"))) {
            return all.filter(name -> name.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    private static void assertIntact(Host from, Host to, StandardProtocolFamily family) throws Exception {
        TcpTransfer.Result result =
                TcpTransfer.start(from, to, to.address(family), BYTES).await(LIMIT);
        assertThat(result.bytes()).isEqualTo(BYTES);
        assertThat(result.intact()).isTrue();
    }
}
