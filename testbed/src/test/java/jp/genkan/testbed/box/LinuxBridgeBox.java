package jp.genkan.testbed.box;

import java.io.IOException;
import jp.genkan.testbed.net.Topology;

/** The reference: the kernel's own bridge. */
public final class LinuxBridgeBox implements Box {
    private final Topology topology;

    private LinuxBridgeBox(Topology topology) {
        this.topology = topology;
    }

    /** Puts all ports under one bridge without spanning tree, forwarding at once. */
    public static LinuxBridgeBox start(Topology topology) throws IOException {
        topology.box().ip("link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0");
        for (String port : topology.insidePorts()) {
            topology.box().ip("link set " + port + " master br0");
        }
        topology.box().ip("link set " + topology.outsidePort() + " master br0");
        topology.box().ip("link set br0 up");
        return new LinuxBridgeBox(topology);
    }

    @Override
    public String name() {
        return "bridge";
    }

    @Override
    public double cpuSeconds() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        topology.box().ip("link del br0");
    }
}
