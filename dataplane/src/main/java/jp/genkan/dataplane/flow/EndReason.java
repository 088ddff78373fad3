package jp.genkan.dataplane.flow;

/** Why a flow has ended, in the words of EVE's {@code flow.reason}. */
public enum EndReason {
    /** Silent for longer than its state allows. */
    TIMEOUT("timeout"),
    /** Evicted because the table was full. */
    FORCED("forced"),
    /** The engine, or the replay, ended. */
    SHUTDOWN("shutdown"),
    /** The same addresses and ports began a new TCP connection. */
    TCP_REUSE("tcp_reuse");

    private static final EndReason[] VALUES = values();

    private final String eveName;

    EndReason(String eveName) {
        this.eveName = eveName;
    }

    /** The name in events. */
    public String eveName() {
        return eveName;
    }

    static EndReason of(int ordinal) {
        return VALUES[ordinal];
    }
}
