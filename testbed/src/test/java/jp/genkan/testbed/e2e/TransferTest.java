package jp.genkan.testbed.e2e;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.FrameShape;
import jp.genkan.testbed.net.Host;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes arrive as they were sent, whatever they are wrapped in and whatever network cards make of them. */
class TransferTest {
    private static final int JUMBO_MTU = 9000;

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing();

    /** Every frame by way of the engine, every stream reassembled. */
    @ParameterizedTest
    @EnumSource(FrameShape.class)
    void arrivesIntactWhenEverythingIsInspected(FrameShape shape) throws Exception {
        transferBothWays(TopologySpec.of(shape, OffloadMode.NIC), "gate:\n  bypass: false\nstream:\n  inspect: all\n");
    }

    /** As shipped: the kernel takes over what is settled, in the middle of the transfer. */
    @ParameterizedTest
    @EnumSource(FrameShape.class)
    void arrivesIntactAsShipped(FrameShape shape) throws Exception {
        transferBothWays(TopologySpec.of(shape, OffloadMode.NIC), "");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "VLAN"})
    void arrivesIntactInJumboFrames(FrameShape shape) throws Exception {
        transferBothWays(
                TopologySpec.of(shape, OffloadMode.NIC).withIpMtu(JUMBO_MTU),
                "gate:\n  bypass: false\nstream:\n  inspect: all\n");
    }

    private static void transferBothWays(TopologySpec spec, String yaml) throws Exception {
        Topology topology = NETWORK.build(spec);
        GenkanBox box = NETWORK.closing(GenkanBox.in(topology).yaml(yaml).start());
        for (OffloadMode mode : OffloadMode.values()) { // GRO off, GRO on, and unfinished checksums
            topology.setOffloads(mode);
            for (StandardProtocolFamily family : GenkanRig.FAMILIES) {
                transfer(topology.lan(), topology.wan(), family, mode, box);
                transfer(topology.wan(), topology.lan(), family, mode, box);
            }
        }
    }

    private static void transfer(Host from, Host to, StandardProtocolFamily family, OffloadMode mode, GenkanBox box)
            throws Exception {
        try {
            GenkanRig.assertArrives(from, to, to.address(family), GenkanRig.TRANSFER_BYTES);
        } catch (IOException | AssertionError e) {
            throw new AssertionError(
                    mode + ", " + family + " to " + to.link() + ": " + e.getMessage() + "; the engine counts\n"
                            + box.counters(),
                    e);
        }
    }
}
