package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Commands;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot work is refused in one clear line, with the exit code that scripts rely on, and leaves nothing behind. */
class RefusalTest {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int REFUSED = 3;

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing("setpriv");

    @Test
    void unknownKeyIsRefusedWithItsPlaceAndTheNearestRightOne() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = GenkanBox.in(topology).yaml("evnets:\n  keep: 3\n").build();
        Commands.Result result = box.refuse(List.of());
        assertRefused(topology, result, REFUSED);
        assertThat(result.output())
                .contains(box.config() + ":10:1:")
                .contains("evnets")
                .contains("events");
    }

    @Test
    void wrongValueIsRefusedWithItsPlace() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = GenkanBox.in(topology).yaml("fail: ajar\n").build();
        Commands.Result result = box.refuse(List.of());
        assertRefused(topology, result, REFUSED);
        assertThat(result.output())
                .contains(box.config() + ":10:")
                .contains("ajar")
                .contains("open");
    }

    @Test
    void missingConfigurationIsRefused() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = GenkanBox.in(topology).build();
        java.nio.file.Files.delete(box.config());
        Commands.Result result = box.refuse(List.of());
        assertRefused(topology, result, REFUSED);
        assertThat(result.output()).contains(box.config().toString());
    }

    @Test
    void unknownOptionIsUnusable() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Commands.Result result = GenkanBox.in(topology).build().refuse(List.of("--colour", "green"));
        assertRefused(topology, result, USAGE);
        assertThat(result.output()).contains("--colour");
    }

    @Test
    void interfaceThatIsNotThereIsNamed() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        Commands.Result result =
                GenkanBox.in(topology).ports("p0", "p7").build().refuse(List.of());
        assertRefused(topology, result, FAILED, REFUSED);
        assertThat(result.output()).contains("p7");
    }

    @Test
    void portsOfDifferentMtuAreRefusedWithBothSizes() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        topology.box().ip("link set p1 mtu 1400");
        Commands.Result result = GenkanBox.in(topology).build().refuse(List.of());
        assertRefused(topology, result, FAILED, REFUSED);
        assertThat(result.output()).contains("1400").contains("1500").contains("p1");
    }

    @Test
    void missingPermissionIsNamed() throws Exception {
        Topology topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        GenkanBox box = GenkanBox.in(topology).build();
        Commands.Result result = box.refuse(List.of("setpriv", "--bounding-set", "-all"), List.of());
        assertRefused(topology, result, FAILED);
        assertThat(result.output()).containsPattern("(?i)permission|CAP_|root|right");
    }

    private static void assertRefused(Topology topology, Commands.Result result, Integer... exitCodes)
            throws Exception {
        assertThat(result.output().strip().lines()).as(result.output()).hasSize(1);
        assertThat(result.output()).doesNotContain("Exception");
        assertThat(result.exit()).as(result.output()).isIn((Object[]) exitCodes);
        String links = topology.box().ip("-o link show");
        assertThat(links.lines()).as(links).hasSize(3); // lo, p0, p1
        assertThat(GenkanBox.gate(topology).output()).contains("no program");
    }
}
