package jp.genkan.dataplane.forward;

import java.util.Arrays;
import java.util.List;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/**
 * Decides by which port a frame leaves. With one inside and one outside port the box is a wire: whatever comes in at one end goes out at
 * the other, and only the box's own address is looked for. With more it is a learning switch.
 *
 * <p>The kernel decides alike while it forwards by itself ({@code open} in gate.c).
 *
 * <p>Thread rule: shared by all workers; nothing allocates.
 */
public final class Switch {
    /** To every port but the one that the frame came in by. */
    public static final int FLOOD = -1;

    /** To no port: the destination is where the frame came from. */
    public static final int NOWHERE = -2;

    private final MacTable table = new MacTable();
    private final int host;
    private final long hostMac;
    private final int[] across;

    /**
     * A switch over the ports, whose number is their place in the list.
     *
     * @param sides of the ports
     * @param hostMac the box's own address, 0 when there is no host port
     */
    public Switch(List<Side> sides, long hostMac) {
        this.host = sides.indexOf(Side.HOST);
        this.hostMac = hostMac;
        this.across = wire(sides.toArray(Side[]::new));
    }

    /** For each end of the wire the other end; empty when there are more ends than two. */
    private static int[] wire(Side[] sides) {
        int[] ends = new int[2];
        int count = 0;
        for (int port = 0; port < sides.length; port++) {
            if (sides[port] != Side.HOST) {
                if (count == 2) {
                    return new int[0];
                }
                ends[count++] = port;
            }
        }
        if (count < 2) {
            return new int[0];
        }
        int[] across = new int[sides.length];
        Arrays.fill(across, FLOOD);
        across[ends[0]] = ends[1];
        across[ends[1]] = ends[0];
        return across;
    }

    /**
     * Learns where the sender is.
     *
     * @return true when it was behind another port until now: flows that the kernel forwards by itself may go the wrong way
     */
    public boolean learn(Packet frame, long nanos) {
        return table.learn(frame.sourceMac, frame.ingressPort, nanos);
    }

    /**
     * The port that a frame leaves by.
     *
     * @return number of the port, {@link #FLOOD} or {@link #NOWHERE}
     */
    public int egress(Packet frame, long nanos) {
        long destination = frame.destinationMac;
        if (Mac.isGroup(destination)) {
            return FLOOD;
        }
        if (destination == hostMac && host >= 0) {
            return frame.ingressPort == host ? NOWHERE : host;
        }
        if (across.length > 0 && frame.ingressPort != host) {
            return across[frame.ingressPort];
        }
        int port = table.portOf(destination, nanos);
        if (port == MacTable.UNKNOWN) {
            return FLOOD;
        }
        return port == frame.ingressPort ? NOWHERE : port;
    }

    /** True when a frame that floods is to leave by this port: not where it came from; the host gets only what is for groups. */
    public boolean floodsTo(int port, Packet frame) {
        return port != frame.ingressPort && (port != host || Mac.isGroup(frame.destinationMac));
    }
}
