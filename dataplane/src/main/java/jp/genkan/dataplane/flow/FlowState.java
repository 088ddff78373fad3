package jp.genkan.dataplane.flow;

/** Where a flow stands in its life, in the words of EVE's {@code flow.state}. */
public enum FlowState {
    /** Only one end has been heard, or the TCP handshake is not over. */
    NEW("new"),
    /** Both ends have been heard. */
    ESTABLISHED("established"),
    /** A TCP connection that both ends have closed, or that was reset. */
    CLOSED("closed"),
    /** The gate forwards it in the kernel. */
    BYPASSED("bypassed");

    private final String eveName;

    FlowState(String eveName) {
        this.eveName = eveName;
    }

    /** The name in events. */
    public String eveName() {
        return eveName;
    }
}
