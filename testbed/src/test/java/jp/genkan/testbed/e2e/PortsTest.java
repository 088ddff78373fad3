package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several ports inside, the box's own address, and a port that goes and comes back. */
class PortsTest {
    private static final Pattern LEASED = Pattern.compile("inet (192\\.168\\.77\\.1\\d\\d)/");

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing("ping", "dnsmasq");

    @Test
    void insidePortsReachEachOtherAndTheRouter() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC).withInsideHosts(3));
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology).start());
        for (Host from : java.util.List.of(topology.lan(0), topology.lan(1), topology.wan())) {
            Host to = topology.lan(2);
            GenkanRig.assertArrives(from, to, to.ipv4(), GenkanRig.TRANSFER_BYTES / 5);
            GenkanRig.assertArrives(to, from, from.ipv6(), GenkanRig.TRANSFER_BYTES / 5);
        }
        assertThat(box.terminate()).isZero();
        // In the kernel's hands, unknown and known destinations find their port too.
        assertThat(GenkanRig.pings(topology.lan(0), topology.lan(1).ipv4())).isTrue();
        assertThat(GenkanRig.pings(topology.lan(0), topology.wan().ipv4())).isTrue();
        long inspected = box.events().stream()
                .filter(event -> event.path("event_type").asText().equals("flow")
                        && event.path("dest_ip").asText().equals("192.168.77.12")
                        && event.path("src_ip").asText().startsWith("192.168.77.1"))
                .count();
        assertThat(inspected)
                .as("flows between inside ports that were inspected")
                .isPositive();
    }

    @Test
    void boxHasItsOwnAddressOnTheWire() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = NETWORK.closing(
                GenkanBox.in(topology).hostAddress("192.168.77.2/24").start());
        InetAddress address = InetAddress.getByName("192.168.77.2");
        assertThat(GenkanRig.pings(topology.lan(), address)).isTrue();
        assertThat(GenkanRig.pings(topology.wan(), address)).isTrue();
        assertThat(GenkanRig.pings(topology.lan(), topology.wan().ipv4())).isTrue();
        topology.box().run("ping", "-c1", "-W5", "192.168.77.10");
        assertThat(box.terminate()).isZero();
    }

    @Test
    void boxGetsItsAddressByDhcp() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        topology.wan()
                .namespace()
                .start(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--log-facility=-",
                        "--port=0",
                        "--conf-file=/dev/null",
                        "--user=root",
                        "--pid-file=" + topology.directory().resolve("dnsmasq.pid"),
                        "--dhcp-leasefile=" + topology.directory().resolve("leases"),
                        "--interface=wan0",
                        "--dhcp-range=192.168.77.100,192.168.77.199,1h")
                .awaitLog("DHCP, IP range", GenkanRig.LIMIT);
        NETWORK.closing(GenkanBox.in(topology).hostAddress("dhcp").start());
        String[] leased = new String[1];
        Await.until("the box has a leased address", GenkanRig.LIMIT, () -> {
            Matcher matcher = LEASED.matcher(topology.box().ip("-4 addr show"));
            boolean found = matcher.find();
            leased[0] = found ? matcher.group(1) : "";
            return found;
        });
        InetAddress address = InetAddress.getByName(leased[0]);
        assertThat(GenkanRig.pings(topology.lan(), address)).isTrue();
        assertThat(GenkanRig.pings(topology.wan(), address)).isTrue();
    }

    @Test
    void portThatVanishesAndComesBackCarriesOn() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology).start());
        assertThat(GenkanRig.pings(topology.lan(), topology.wan().ipv4())).isTrue();
        topology.unplug(topology.lan());
        box.awaitEvent("the port is gone", GenkanRig.LIMIT, event -> isHealthOfPort(event.toString()));
        double before = box.cpuSecondsOfPath();
        long start = System.nanoTime();
        Await.until("a second without the port", GenkanRig.LIMIT, () -> System.nanoTime() - start > 1_000_000_000L);
        double share = (box.cpuSecondsOfPath() - before) / ((System.nanoTime() - start) / 1e9);
        assertThat(share)
                .as("share of a core that is used while a port is gone")
                .isLessThan(0.9);
        topology.replug(topology.lan());
        Await.until(
                "frames pass again",
                GenkanRig.LIMIT,
                () -> GenkanRig.pings(topology.lan(), topology.wan().ipv4()));
        Await.until("it inspects again", GenkanRig.LIMIT, () -> box.state().equals("inspecting"));
        GenkanRig.assertArrives(topology.lan(), topology.wan(), topology.wan().ipv4(), GenkanRig.TRANSFER_BYTES / 10);
    }

    private static boolean isHealthOfPort(String event) {
        return event.contains("\"health\"") && event.contains("p0");
    }
}
