package jp.genkan.dataplane.gate;

/**
 * How the gate knows a flow: a mutable view that the caller fills and uses again. Addresses are as in {@link jp.genkan.core.frame.Address}.
 *
 * <p>Thread rule: one thread.
 */
public final class FlowTuple {
    /** IP protocol; only TCP and UDP can be settled. */
    public int protocol;

    public long clientHigh;
    public long clientLow;
    public long serverHigh;
    public long serverLow;
    /** TCP or UDP ports. */
    public int clientPort;

    public int serverPort;
    /** As in {@link jp.genkan.core.frame.Packet#vlanIds}; at most two tags. */
    public long vlanIds;
    /** As in {@link jp.genkan.core.frame.Packet#pppoeSession}: negative for none. */
    public int pppoeSession = -1;
    /** Number of the port of the box behind which the client is. */
    public int clientIngress;
    /** Number of the port of the box behind which the server is. */
    public int serverIngress;

    /** An empty view. */
    public FlowTuple() {}
}
