package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jp.genkan.appliance.control.ControlClient;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.load.EchoTick;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the first two stages decide: addresses on lists, and machines that are cut off. */
class PolicyTest {
    /** The promise is one second; the machine is shared. */
    private static final long SECOND_TIMES_FIVE = 5_000_000_000L;

    private static final long SILENCE_NANOS = 500_000_000L;

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing("ping");

    @Test
    void listedAddressIsBlockedAndTheListIsSwappedWhileFlowsLive() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Path list = topology.directory().resolve("listed.txt");
        Files.writeString(list, "203.0.113.0/24\n");
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology)
                .yaml("reputation:\n  lists:\n    - name: test-list\n      file: " + list + "\n      action: block\n")
                .start());
        InetAddress ipv4 = InetAddress.getByName(Topology.BEHIND_IPV4);
        InetAddress ipv6 = InetAddress.getByName(Topology.BEHIND_IPV6);
        assertThat(GenkanRig.pings(topology.lan(), ipv4)).isTrue();
        assertThat(GenkanRig.pings(topology.lan(), ipv6)).isTrue();

        Files.writeString(list, Topology.BEHIND_IPV4 + "\n2001:db8::/32\n");
        reload(box);
        assertThat(GenkanRig.pings(topology.lan(), ipv4)).isFalse();
        assertThat(GenkanRig.pings(topology.lan(), ipv6)).isFalse();
        assertThat(GenkanRig.pings(topology.lan(), topology.wan().ipv4())).isTrue();
        JsonNode alert = box.awaitEvent(
                "an alert about the listed address",
                GenkanRig.LIMIT,
                event -> event.path("event_type").asText().equals("alert")
                        && event.path("dest_ip").asText().equals(Topology.BEHIND_IPV4));
        assertThat(alert.path("alert").path("action").asText()).isEqualTo("blocked");
        assertThat(alert.path("alert").path("signature").asText()).contains("test-list");
        assertThat(alert.path("src_ip").asText()).isEqualTo("192.168.77.10");

        Files.writeString(list, "203.0.113.0/24\n");
        reload(box);
        assertThat(GenkanRig.pings(topology.lan(), ipv4)).isTrue();
        assertThat(GenkanRig.pings(topology.lan(), ipv6)).isTrue();
    }

    @Test
    void newListCutsFlowsThatLive() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Path list = topology.directory().resolve("listed.txt");
        Files.writeString(list, "203.0.113.0/24\n");
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology)
                .yaml("reputation:\n  lists:\n    - name: test-list\n      file: " + list + "\n      action: block\n")
                .start());
        EchoTick tick = NETWORK.closing(EchoTick.start(topology.lan(), topology.wan()));
        tick.awaitAnswers(200, GenkanRig.LIMIT); // settled by now
        Files.writeString(list, topology.wan().ipv4().getHostAddress() + "\n");
        long before = System.nanoTime();
        reload(box);
        assertFallsSilent(tick, before);
    }

    @Test
    void isolatedMachineIsCutOffWithinASecondAndLetBack() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC).withInsideHosts(2));
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology)
                .yaml("isolation:\n  exceptions: [" + Topology.BEHIND_IPV4 + "]\n  gateways: [192.168.77.1]\n")
                .start());
        Host isolated = topology.lan(0);
        Host neighbour = topology.lan(1);
        EchoTick tick = NETWORK.closing(EchoTick.start(isolated, topology.wan()));
        tick.awaitAnswers(200, GenkanRig.LIMIT);

        long before = System.nanoTime();
        ObjectNode isolate = ControlClient.request("isolate")
                .put("host", isolated.linkMac())
                .put("for", "1h")
                .put("reason", "test")
                .put("by", "testbed");
        box.control(isolate);
        assertFallsSilent(tick, before);
        assertThat(GenkanRig.pings(topology.wan(), isolated.ipv4())).isFalse();
        assertThat(GenkanRig.pings(isolated, topology.wan().ipv6())).isFalse();
        assertThat(GenkanRig.pings(neighbour, isolated.ipv4()))
                .as("between inside ports")
                .isFalse();
        assertThat(GenkanRig.pings(isolated, InetAddress.getByName(Topology.BEHIND_IPV4)))
                .as("the help desk stays reachable")
                .isTrue();
        assertThat(GenkanRig.pings(neighbour, topology.wan().ipv4()))
                .as("others are not touched")
                .isTrue();
        box.awaitEvent(
                "the isolation",
                GenkanRig.LIMIT,
                event -> event.path("event_type").asText().equals("host")
                        && event.toString().contains(isolated.linkMac()));

        long released = System.nanoTime();
        box.control(
                ControlClient.request("release").put("host", isolated.linkMac()).put("by", "testbed"));
        tick.awaitAnswers(10, GenkanRig.LIMIT);
        assertThat(System.nanoTime() - released).isLessThan(SECOND_TIMES_FIVE);
        // The machine itself has given its neighbour up meanwhile, and looks for it again when it pleases.
        Await.until(
                "IPv6 passes again",
                GenkanRig.LIMIT,
                () -> GenkanRig.pings(isolated, topology.wan().ipv6()));
    }

    @Test
    void isolationOutlivesTheEngine() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology).start());
        assertThat(GenkanRig.pings(topology.lan(), topology.wan().ipv4())).isTrue();
        assertThat(box.command("isolate", "192.168.77.10", "--for", "1h").exit())
                .isZero();
        assertThat(GenkanRig.pings(topology.lan(), topology.wan().ipv4())).isFalse();
        box.kill();
        box.start();
        assertThat(GenkanRig.pings(topology.lan(), topology.wan().ipv4())).isFalse();
        assertThat(box.command("release", "192.168.77.10").exit()).isZero();
        assertThat(GenkanRig.pings(topology.lan(), topology.wan().ipv4())).isTrue();
    }

    private static void reload(GenkanBox box) throws IOException, ControlClient.NotRunningException {
        assertThat(box.control(ControlClient.request("reload")).path("problems"))
                .isEmpty();
    }

    /** The last answer came within a second of this moment, give or take the machine. */
    private static void assertFallsSilent(EchoTick tick, long before) throws Exception {
        Await.until(
                "no answer for half a second",
                Duration.ofSeconds(20),
                () -> System.nanoTime() - Math.max(before, tick.lastAnswerNanos()) > SILENCE_NANOS);
        double millis = (tick.lastAnswerNanos() - before) / 1e6;
        System.out.printf("measured: cut off %.1f ms after the order%n", Math.max(0, millis));
        assertThat(tick.lastAnswerNanos() - before).isLessThan(SECOND_TIMES_FIVE);
    }
}
