package jp.genkan.dataplane.flow;

/**
 * State of a TCP connection as the server's end has it (RFC 9293 §3.3.2), which is what EVE's {@code tcp.state} says.
 */
public enum TcpState {
    /** Nothing was seen yet. */
    NONE("none", FlowState.NEW),
    /** The client's SYN was seen. */
    SYN_SENT("syn_sent", FlowState.NEW),
    /** SYN and SYN-ACK, or two SYNs that crossed, were seen. */
    SYN_RECV("syn_recv", FlowState.NEW),
    /** Both SYNs are acknowledged, or the connection was picked up in its middle. */
    ESTABLISHED("established", FlowState.ESTABLISHED),
    /** The server has sent its FIN first. */
    FIN_WAIT1("fin_wait1", FlowState.ESTABLISHED),
    /** The server's FIN is acknowledged, the client has not sent its own. */
    FIN_WAIT2("fin_wait2", FlowState.ESTABLISHED),
    /** Both have sent a FIN before seeing the other's. */
    CLOSING("closing", FlowState.ESTABLISHED),
    /** The client has sent its FIN first. */
    CLOSE_WAIT("close_wait", FlowState.ESTABLISHED),
    /** The client, then the server have sent a FIN; the last acknowledgment is missing. */
    LAST_ACK("last_ack", FlowState.CLOSED),
    /** The server's FIN was first, and all is acknowledged. */
    TIME_WAIT("time_wait", FlowState.CLOSED),
    /** Closed or reset. */
    CLOSED("closed", FlowState.CLOSED);

    private static final TcpState[] VALUES = values();

    private final String eveName;
    private final FlowState flowState;

    TcpState(String eveName, FlowState flowState) {
        this.eveName = eveName;
        this.flowState = flowState;
    }

    /** The name in events. */
    public String eveName() {
        return eveName;
    }

    /** What this makes of the flow. */
    public FlowState flowState() {
        return flowState;
    }

    static TcpState of(int ordinal) {
        return VALUES[ordinal];
    }
}
