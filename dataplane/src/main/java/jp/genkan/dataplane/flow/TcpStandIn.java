package jp.genkan.dataplane.flow;

import jp.genkan.core.frame.Packet;

/**
 * What someone needs who speaks in the place of one end of a TCP connection: what the tracker knows of the ends, and where it is told what was said for them.
 *
 * <p>Ends are named by the direction that they send: {@code towardsServer} is the client.
 *
 * <p>Thread rule: the worker of the flow.
 */
public final class TcpStandIn {
    private static final int PLAIN_HEADER = 20;
    private static final int TIMESTAMPS_HEADER = 32;
    /** Two NOPs, kind and length of the timestamps option. */
    private static final int PADDED_TIMESTAMPS = 0x0101_080a;

    private static final int PLAIN_TIMESTAMPS = 0x080a;

    private TcpStandIn() {}

    /** Up to where this end was allowed to send. */
    public static int edge(FlowView flow, boolean towardsServer) {
        return flow.getInt(TcpTracker.part(towardsServer) + TcpEnd.EDGE);
    }

    /** How far the windows that this end offers are shifted. */
    public static int windowShift(FlowView flow, boolean towardsServer) {
        return TcpEnd.scale(flow, TcpTracker.part(towardsServer));
    }

    /** The largest window that this end has offered. */
    public static int window(FlowView flow, boolean towardsServer) {
        return flow.getInt(TcpTracker.part(towardsServer) + TcpEnd.WINDOW);
    }

    /** Octets of the largest segment that this end takes, by its SYN; 536 where it does not say (RFC 9293 §3.7.1). */
    public static int segmentMax(FlowView flow, boolean towardsServer) {
        int part = TcpTracker.part(towardsServer);
        int said = flow.getByte(part + TcpEnd.SEGMENT_MAX) << 8 | flow.getByte(part + TcpEnd.SEGMENT_MAX + 1);
        return said == 0 ? 536 : said;
    }

    /** True when both ends permit selective acknowledgments. */
    public static boolean isSelective(FlowView flow) {
        return TcpEnd.has(flow, TcpTracker.part(true), TcpEnd.SELECTIVE)
                && TcpEnd.has(flow, TcpTracker.part(false), TcpEnd.SELECTIVE);
    }

    /**
     * Where in a frame the timestamp of a segment stands, and the one that it echoes four octets behind; only where nearly everybody writes them.
     *
     * @return -1 where they do not stand there
     */
    public static long timestampOffset(Packet packet) {
        if (packet.tcpHeaderLength < TIMESTAMPS_HEADER) {
            return -1;
        }
        long at = packet.transportOffset + PLAIN_HEADER;
        return packet.u32(at) == PADDED_TIMESTAMPS ? at + 4 : packet.u16(at) == PLAIN_TIMESTAMPS ? at + 2 : -1;
    }

    /** The newest timestamp of this end. */
    public static int timestamp(FlowView flow, boolean towardsServer) {
        return flow.getInt(towardsServer ? FlowRecord.TIMESTAMP_CLIENT : FlowRecord.TIMESTAMP_SERVER);
    }

    /** True when this end's FIN was seen. */
    public static boolean isFinSeen(FlowView flow, boolean towardsServer) {
        return TcpEnd.has(flow, TcpTracker.part(towardsServer), TcpEnd.FIN_SEEN);
    }

    /**
     * An acknowledgment is sent in the place of the end that receives this direction.
     *
     * @param edge up to where the sender may send then
     */
    public static void acknowledgedInPlace(FlowView flow, boolean towardsServer, int acknowledgment, int edge) {
        int from = TcpTracker.part(towardsServer);
        int by = TcpTracker.part(!towardsServer);
        if (!TcpEnd.has(flow, by, TcpEnd.ACK_SEEN)
                || TcpTracker.after(acknowledgment, flow.getInt(by + TcpEnd.ACKED))) {
            flow.putInt(by + TcpEnd.ACKED, acknowledgment);
            TcpEnd.set(flow, by, TcpEnd.ACK_SEEN);
        }
        if (edge - acknowledgment > flow.getInt(by + TcpEnd.WINDOW)) {
            flow.putInt(by + TcpEnd.WINDOW, edge - acknowledgment);
        }
        if (!TcpEnd.has(flow, from, TcpEnd.EDGE_KNOWN) || TcpTracker.after(edge, flow.getInt(from + TcpEnd.EDGE))) {
            flow.putInt(from + TcpEnd.EDGE, edge);
            TcpEnd.set(flow, from, TcpEnd.EDGE_KNOWN);
        }
    }
}
