package jp.genkan.dataplane.flow;

/** What an anomaly is called that has a name of its own in each state of a connection. Stateless. */
final class StateAnomaly {
    private StateAnomaly() {}

    /** A segment outside of the receiver's window. */
    static StreamAnomaly outOfWindow(TcpState state, boolean fin) {
        return switch (state) {
            case CLOSE_WAIT ->
                fin ? StreamAnomaly.CLOSE_WAIT_FIN_OUT_OF_WINDOW : StreamAnomaly.CLOSE_WAIT_ACK_OUT_OF_WINDOW;
            case FIN_WAIT1 -> fin ? StreamAnomaly.FIN1_FIN_WRONG_SEQUENCE : StreamAnomaly.FIN1_ACK_WRONG_SEQUENCE;
            case FIN_WAIT2 -> fin ? StreamAnomaly.FIN2_FIN_WRONG_SEQUENCE : StreamAnomaly.FIN2_ACK_WRONG_SEQUENCE;
            case CLOSING -> StreamAnomaly.CLOSING_ACK_WRONG_SEQUENCE;
            case LAST_ACK -> StreamAnomaly.LAST_ACK_WRONG_SEQUENCE;
            case TIME_WAIT -> StreamAnomaly.TIME_WAIT_WRONG_SEQUENCE;
            case NONE, SYN_SENT, SYN_RECV, ESTABLISHED, CLOSED -> StreamAnomaly.OUT_OF_WINDOW;
        };
    }

    /** A segment far before what was acknowledged. */
    static StreamAnomaly beforeLastAck(TcpState state) {
        return state == TcpState.CLOSE_WAIT ? StreamAnomaly.CLOSE_WAIT_BEFORE_LAST_ACK : StreamAnomaly.BEFORE_LAST_ACK;
    }

    /** An acknowledgment that cannot be; {@link StreamAnomaly#INVALID_ACK} where the state has no name of its own for it. */
    static StreamAnomaly invalidAck(TcpState state) {
        return switch (state) {
            case ESTABLISHED -> StreamAnomaly.ESTABLISHED_INVALID_ACK;
            case CLOSE_WAIT -> StreamAnomaly.CLOSE_WAIT_INVALID_ACK;
            case FIN_WAIT1 -> StreamAnomaly.FIN1_INVALID_ACK;
            case FIN_WAIT2 -> StreamAnomaly.FIN2_INVALID_ACK;
            case CLOSING -> StreamAnomaly.CLOSING_INVALID_ACK;
            case LAST_ACK -> StreamAnomaly.LAST_ACK_INVALID_ACK;
            case TIME_WAIT -> StreamAnomaly.TIME_WAIT_INVALID_ACK;
            case NONE, SYN_SENT, SYN_RECV, CLOSED -> StreamAnomaly.INVALID_ACK;
        };
    }

    /** A SYN with another number in a connection that is known. */
    static StreamAnomaly synAgain(TcpState state) {
        return switch (state) {
            case SYN_RECV -> StreamAnomaly.SYN_RESENT_OTHER_SEQUENCE;
            case CLOSE_WAIT, FIN_WAIT1, FIN_WAIT2, CLOSING, LAST_ACK, TIME_WAIT -> StreamAnomaly.SHUTDOWN_SYN;
            case NONE, SYN_SENT, ESTABLISHED, CLOSED -> StreamAnomaly.SYN_ON_ESTABLISHED;
        };
    }
}
