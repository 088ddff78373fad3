package jp.genkan.dataplane.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.core.frame.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused at the start, and in which words; what the start does to the interfaces. */
class PortSetupTest {
    private NetworkNamespace namespace;

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = NetworkNamespace.create();
        namespace.run("ip link add e0 type veth peer name lan0");
        namespace.run("ip link add e1 type veth peer name wan0");
    }

    @AfterEach
    void removeNamespace() throws Exception {
        if (namespace != null) {
            namespace.close();
        }
    }

    private void prepare(List<String> inside, List<String> outside) throws Exception {
        namespace.call(() -> {
            PortSetup.prepare(PortSettings.of(inside, outside, null)).close();
            return null;
        });
    }

    private void assertRefused(List<String> inside, List<String> outside, String line) {
        assertThatThrownBy(() -> prepare(inside, outside))
                .isInstanceOf(PortException.class)
                .hasMessage(line)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void namesTheNearestInterfacesForOneThatIsNotThere() {
        assertRefused(
                List.of("lan1"),
                List.of("wan0"),
                "ports.inside: there is no interface lan1; there are lan0, wan0, e1, e0");
    }

    @Test
    void refusesTheSameInterfaceTwice() {
        assertRefused(
                List.of("lan0"),
                List.of("wan0", "lan0"),
                "ports.outside: lan0 is already named in ports.inside; every port needs an interface of its own");
    }

    @Test
    void refusesDifferentMtusAndSaysHowToMakeThemEqual() throws Exception {
        namespace.run("ip link set lan0 mtu 9000");
        assertRefused(
                List.of("lan0"),
                List.of("wan0"),
                "ports: the MTU differs: inside lan0 has 9000, outside wan0 has 1500; make them equal, for example:"
                        + " ip link set lan0 mtu 1500");
    }

    @Test
    void refusesAnInterfaceThatBelongsToABridge() throws Exception {
        namespace.run("ip link add br0 type bridge");
        namespace.run("ip link set lan0 master br0");
        assertRefused(
                List.of("lan0"),
                List.of("wan0"),
                "ports.inside: lan0 belongs to the bridge br0, which would forward every frame a second time; take it out:"
                        + " ip link set lan0 nomaster");
    }

    @Test
    void refusesLoopbackAndNamesThatCannotBe() {
        assertRefused(
                List.of("lo"), List.of("wan0"), "ports.inside: lo is the loopback interface and connects nothing");
        assertRefused(List.of("lan0"), List.of("a/b"), "ports.outside: \"a/b\" cannot be the name of an interface");
        assertRefused(List.of(), List.of("wan0"), "ports.inside: name at least one interface");
    }

    @Test
    void changesNothingWhenItRefuses() throws Exception {
        assertThatThrownBy(() -> prepare(List.of("lan0"), List.of("wan1"))).isInstanceOf(PortException.class);
        assertThat(namespace.run("ip link show lan0")).doesNotContain("UP");
    }

    @Test
    void bringsInterfacesUpAndNumbersThem() throws Exception {
        List<Port> ports = namespace.call(() -> {
            try (PortSetup setup = PortSetup.prepare(PortSettings.of(
                    List.of("lan0", "e1"), List.of("wan0"), HostPortSettings.of(new HostAddress.None())))) {
                return setup.ports();
            }
        });
        assertThat(ports).extracting(Port::name).containsExactly("lan0", "e1", "wan0", "genkan0p");
        assertThat(ports).extracting(Port::side).containsExactly(Side.INSIDE, Side.INSIDE, Side.OUTSIDE, Side.HOST);
        assertThat(ports).extracting(Port::number).containsExactly(0, 1, 2, 3);
        assertThat(namespace.run("ip link show lan0")).contains(",UP");
    }

    @Test
    void saysWhatIsMissingWithoutPermission() throws Exception {
        Assumptions.assumeTrue(Command.find("setpriv").isPresent(), "needs setpriv");
        namespace.run("ip link set lan0 up");
        namespace.run("ip link set wan0 up");
        Process process = namespace.start("setpriv --bounding-set -net_raw,-net_admin "
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + " --enable-native-access=ALL-UNNAMED -Xshare:auto -cp " + System.getProperty("java.class.path") + " "
                + ForwarderMain.class.getName() + " lan0 wan0");
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output.strip().lines().toList().getLast())
                .isEqualTo(
                        "ports: socket(AF_PACKET): not permitted: needs CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF; run as root"
                                + " (EPERM)");
    }
}
