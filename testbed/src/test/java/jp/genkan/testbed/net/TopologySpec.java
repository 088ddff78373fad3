package jp.genkan.testbed.net;

/**
 * What a test's network is like.
 *
 * @param insideHosts machines inside, each at a port of its own, 1 to 8
 * @param ipMtu largest IP packet between the hosts, in octets
 * @param shape what IP packets are wrapped in
 * @param offloads what network cards do
 */
public record TopologySpec(int insideHosts, int ipMtu, FrameShape shape, OffloadMode offloads) {
    /** Octets of IP in an Ethernet frame of ordinary size. */
    private static final int ETHERNET_MTU = 1500;

    public TopologySpec {
        if (insideHosts < 1 || insideHosts > 8) {
            throw new IllegalArgumentException("insideHosts " + insideHosts + " is not 1 to 8");
        }
        if (shape == FrameShape.PPPOE && insideHosts > 1) {
            throw new IllegalArgumentException("a PPPoE session has two ends");
        }
    }

    /** One host inside, one outside, ordinary frames. */
    public static TopologySpec plain(OffloadMode offloads) {
        return of(FrameShape.PLAIN, offloads);
    }

    /** One host inside, one outside. Double tags come with a larger link MTU, as providers do; PPPoE takes its octets from the packet. */
    public static TopologySpec of(FrameShape shape, OffloadMode offloads) {
        int ipMtu = shape == FrameShape.PPPOE ? ETHERNET_MTU - shape.octets : ETHERNET_MTU;
        return new TopologySpec(1, ipMtu, shape, offloads);
    }

    /** The same with another number of hosts inside. */
    public TopologySpec withInsideHosts(int count) {
        return new TopologySpec(count, ipMtu, shape, offloads);
    }

    /** The same with larger or smaller packets. */
    public TopologySpec withIpMtu(int octets) {
        return new TopologySpec(insideHosts, octets, shape, offloads);
    }

    /** MTU of the cables' ends. The kernel lets one tag exceed it, not two. */
    int linkMtu() {
        return switch (shape) {
            case PLAIN, VLAN -> ipMtu;
            case QINQ, PPPOE -> ipMtu + shape.octets;
        };
    }
}
