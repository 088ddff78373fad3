package jp.genkan.dataplane.flow;

/**
 * One end of a TCP connection as the tracker knows it: its part of the flow's record, and the state that follows from both ends.
 */
final class TcpEnd {
    /** Least distance that a late segment or acknowledgment may lag: one unscaled window. */
    static final int LAG_MIN = 65_536;

    // ---- fields of the record, from where this end's part starts
    static final int ISN = 0;
    static final int END = 4;
    static final int EDGE = 8;
    static final int WINDOW = 12;
    static final int ACKED = 16;
    static final int FIN = 20;
    static final int PENDING_SYN = 24;
    static final int SCALE = 28;
    static final int BITS = 29;

    /** Largest segment that the SYN says this end takes, 16 bits; 0 when it does not say. */
    static final int SEGMENT_MAX = 30;

    /** A segment of this end was seen: END and ACKED hold. */
    static final int KNOWN = 1;
    /** Its SYN was seen: ISN holds. */
    static final int SYN_SEEN = 1 << 1;

    static final int FIN_SEEN = 1 << 2;
    /** EDGE holds: the peer's window is known. */
    static final int EDGE_KNOWN = 1 << 3;
    /** END was only learnt from the peer's acknowledgment. */
    static final int ACKNOWLEDGED_ONLY = 1 << 4;
    /** PENDING_SYN holds: a SYN that the peer has not answered. */
    static final int PENDING = 1 << 5;
    /** ACKED holds: this end has sent an acknowledgment. */
    static final int ACK_SEEN = 1 << 6;

    /** The SYN permits selective acknowledgments. */
    static final int SELECTIVE = 1 << 7;

    /** The SYN did not offer to scale. */
    static final int SCALE_NONE = 0xff;

    private TcpEnd() {}

    static int sequenceAfterSyn(FlowView flow, int part) {
        return flow.getInt(part + ISN) + 1;
    }

    static int lag(FlowView flow, int part) {
        return Math.max(flow.getInt(part + WINDOW), LAG_MIN);
    }

    static int scale(FlowView flow, int part) {
        int scale = flow.getByte(part + SCALE);
        return scale == SCALE_NONE ? 0 : scale;
    }

    static void forget(FlowView flow, int part) {
        clear(flow, part, KNOWN | EDGE_KNOWN | ACKNOWLEDGED_ONLY | FIN_SEEN | PENDING);
    }

    static boolean has(FlowView flow, int part, int bit) {
        return (flow.getByte(part + BITS) & bit) != 0;
    }

    static void set(FlowView flow, int part, int bits) {
        flow.putByte(part + BITS, flow.getByte(part + BITS) | bits);
    }

    static void clear(FlowView flow, int part, int bits) {
        flow.putByte(part + BITS, flow.getByte(part + BITS) & ~bits);
    }

    // ---- state

    /** The state follows from what was seen: no transitions to forget. */
    static TcpState state(FlowView flow) {
        if (flow.hasFlag(FlowRecord.RESET_BY_CLIENT | FlowRecord.RESET_BY_SERVER)) {
            return TcpState.CLOSED;
        }
        int client = FlowRecord.TCP_CLIENT;
        int server = FlowRecord.TCP_SERVER;
        boolean clientFin = has(flow, client, FIN_SEEN);
        boolean serverFin = has(flow, server, FIN_SEEN);
        boolean serverFinAcked = serverFin && hasAcknowledged(flow, client, flow.getInt(server + FIN));
        if (clientFin && serverFin) {
            if (flow.hasFlag(FlowRecord.CLIENT_FIN_FIRST)) {
                return serverFinAcked ? TcpState.CLOSED : TcpState.LAST_ACK;
            }
            if (serverFinAcked) {
                return hasAcknowledged(flow, server, flow.getInt(client + FIN)) ? TcpState.CLOSED : TcpState.TIME_WAIT;
            }
            return TcpState.CLOSING;
        }
        if (clientFin) {
            return TcpState.CLOSE_WAIT;
        }
        if (serverFin) {
            return serverFinAcked ? TcpState.FIN_WAIT2 : TcpState.FIN_WAIT1;
        }
        return opening(flow, client, server);
    }

    static TcpState opening(FlowView flow, int client, int server) {
        boolean clientSyn = has(flow, client, SYN_SEEN);
        boolean serverSyn = has(flow, server, SYN_SEEN);
        if (clientSyn && serverSyn) {
            if (flow.tcpState() == TcpState.ESTABLISHED) {
                return TcpState
                        .ESTABLISHED; // after 2 GiB an acknowledgment can no longer be compared with the SYN (RFC 9293
                // §3.4)
            }
            boolean clientAcked = hasAcknowledged(flow, server, sequenceAfterSyn(flow, client));
            boolean serverAcked = hasAcknowledged(flow, client, sequenceAfterSyn(flow, server));
            boolean clientHeard = !has(flow, client, ACKNOWLEDGED_ONLY);
            return clientAcked && serverAcked && clientHeard ? TcpState.ESTABLISHED : TcpState.SYN_RECV;
        }
        if (clientSyn || serverSyn) {
            boolean picked = flow.isMidstream();
            return picked ? TcpState.ESTABLISHED : TcpState.SYN_SENT;
        }
        return has(flow, client, KNOWN) || has(flow, server, KNOWN) ? TcpState.ESTABLISHED : TcpState.NONE;
    }

    static boolean hasAcknowledged(FlowView flow, int part, int number) {
        return has(flow, part, ACK_SEEN) && !TcpTracker.before(flow.getInt(part + ACKED), number);
    }
}
