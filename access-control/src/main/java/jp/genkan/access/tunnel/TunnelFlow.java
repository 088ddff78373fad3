package jp.genkan.access.tunnel;

import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;

/** Tells flows that are never settled, because who talks inside them changes from packet to packet. */
public final class TunnelFlow {
    private static final int UDP = 17;
    private static final int IP_IN_IP = 4;
    private static final int IPV6_IN_IP = 41;
    private static final int GRE = 47;
    private static final int TEREDO_PORT = 3544;
    private static final int VXLAN_PORT = 4789;

    private TunnelFlow() {}

    /** True when a packet of the flow has another inside, or a later one may have. */
    public static boolean mayCarryPackets(Packet packet, Flow flow) {
        if (packet.inner() != null) {
            return true;
        }
        return switch (flow.protocol()) {
            case IP_IN_IP, IPV6_IN_IP, GRE -> true;
            case UDP -> isTunnelPort(flow.clientPort()) || isTunnelPort(flow.serverPort());
            default -> false;
        };
    }

    private static boolean isTunnelPort(int port) {
        return port == TEREDO_PORT || port == VXLAN_PORT;
    }
}
