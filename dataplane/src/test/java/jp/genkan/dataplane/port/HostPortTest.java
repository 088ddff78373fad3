package jp.genkan.dataplane.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The box's own port.
 *
 * <pre>
 *  box: genkan0 ══ genkan0p ── rings ── p0 ══ e0 :lan
 *                                    ── p1 ══ e1 :box, nobody
 * </pre>
 */
class HostPortTest {
    private NetworkNamespace box;
    private NetworkNamespace lan;

    @BeforeEach
    void makeNamespaces() throws Exception {
        box = NetworkNamespace.create();
        lan = NetworkNamespace.create();
        Wire.lay(box, 1500);
        box.run("ip link set e0 netns " + lan.name());
        lan.run("ip link set e0 up");
        lan.run("ip address add 10.7.0.1/24 dev e0");
    }

    @AfterEach
    void removeNamespaces() throws Exception {
        if (lan != null) {
            lan.close();
        }
        if (box != null) {
            box.close();
        }
    }

    private PortSetup prepare(HostAddress address) throws Exception {
        return box.call(
                () -> PortSetup.prepare(PortSettings.of(List.of("p0"), List.of("p1"), HostPortSettings.of(address))));
    }

    private FloodingForwarder forward(PortSetup setup) throws Exception {
        return box.call(() -> new FloodingForwarder(setup.open(1, RingFilters.NONE, PortListener.NONE), 1));
    }

    private void close(PortSetup setup) throws Exception {
        box.call(() -> {
            setup.close();
            return null;
        });
    }

    @Test
    void answersOnTheWireUnderItsFixedAddress() throws Exception {
        PortSetup setup = prepare(HostAddress.parse("10.7.0.9/24"));
        try (FloodingForwarder forwarder = forward(setup)) {
            assertThat(forwarder.ports()).hasSize(3);
            assertThat(lan.run("ping -c 1 -w 5 10.7.0.9")).contains("bytes from");
        }
        close(setup);
        assertThat(box.run("ip -o link")).doesNotContain("genkan0");
    }

    @Test
    void takesOverThePairOfAKilledPredecessorWithItsHardwareAddress() throws Exception {
        PortSetup killed = prepare(HostAddress.parse("10.7.0.9/24"));
        String before = box.run("ip -o link show genkan0");
        PortSetup next = prepare(HostAddress.parse("10.7.0.10/24"));
        assertThat(box.run("ip -o link show genkan0")).isEqualTo(before);
        assertThat(box.run("ip -o address show dev genkan0"))
                .contains("10.7.0.10/24")
                .doesNotContain("10.7.0.9/");
        close(next);
        close(killed);
        PortSetup later = prepare(new HostAddress.None());
        String mac = before.replaceAll("(?s).*link/ether (\\S+).*", "$1");
        assertThat(box.run("ip -o link show genkan0")).contains(mac);
        assertThat(box.run("ip -o address show dev genkan0")).isEmpty();
        close(later);
    }

    @Test
    void repairsHalfAPairAndRefusesAStrangersInterface() throws Exception {
        box.run("ip link add genkan0 type veth peer name other");
        close(prepare(new HostAddress.None()));
        box.run("ip link add genkan0 type bridge");
        assertThatThrownBy(() -> prepare(new HostAddress.None()))
                .isInstanceOf(PortException.class)
                .hasMessage(
                        "host port: there is already an interface genkan0 that is not ours; remove it: ip link del genkan0");
        assertThat(box.run("ip -o link show genkan0")).contains("genkan0");
    }

    @Test
    void makesThePairAgainWhenSomebodyRemovesIt() throws Exception {
        PortSetup setup = prepare(HostAddress.parse("10.7.0.9/24"));
        try (FloodingForwarder forwarder = forward(setup)) {
            box.run("ip link del genkan0");
            assertThat(lan.run("ping -c 1 -w 15 -W 1 10.7.0.9")).contains("bytes from");
            assertThat(forwarder.ports().get(2).total(PortCounter.REOPENED)).isPositive();
        }
        close(setup);
    }

    @Test
    void getsItsAddressByDhcpAndLeavesNoClientBehind(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(Command.find("dnsmasq").isPresent(), "needs dnsmasq");
        Assumptions.assumeTrue(Command.find("udhcpc").isPresent(), "needs udhcpc");
        String resolver =
                Files.exists(Path.of("/etc/resolv.conf")) ? Files.readString(Path.of("/etc/resolv.conf")) : "";
        Path leases = folder.resolve("leases");
        Process server =
                lan.start("dnsmasq -k --port=0 --interface=e0 --bind-interfaces --conf-file=/dev/null --user=root"
                        + " --dhcp-range=10.7.0.50,10.7.0.50,255.255.255.0,1h --dhcp-option=3,10.7.0.1 --dhcp-leasefile="
                        + leases
                        + " --pid-file=" + folder.resolve("pid"));
        PortSetup setup = prepare(new HostAddress.Dhcp());
        try (FloodingForwarder forwarder = forward(setup)) {
            assertThat(forwarder.ports()).hasSize(3);
            String addresses = "";
            for (int i = 0; i < 300 && !addresses.contains("10.7.0.50/24"); i++) {
                Thread.sleep(50);
                addresses = box.run("ip -o -4 address show dev genkan0");
            }
            assertThat(addresses).contains("10.7.0.50/24");
            assertThat(box.run("ip route show default"))
                    .contains("via 10.7.0.1")
                    .contains("metric 4096");
            assertThat(lan.run("ping -c 1 -w 5 10.7.0.50")).contains("bytes from");
        } finally {
            close(setup);
            server.destroy();
            server.waitFor();
        }
        assertThat(clients()).isEmpty();
        assertThat(Files.exists(Path.of("/etc/resolv.conf")) ? Files.readString(Path.of("/etc/resolv.conf")) : "")
                .isEqualTo(resolver);
    }

    private static List<String> clients() throws IOException {
        return ProcessHandle.current()
                .descendants()
                .map(process -> process.info().command().orElse(""))
                .filter(command -> command.contains("udhcpc") || command.contains("busybox"))
                .toList();
    }
}
