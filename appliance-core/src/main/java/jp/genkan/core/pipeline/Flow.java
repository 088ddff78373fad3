package jp.genkan.core.pipeline;

import jp.genkan.core.frame.Side;

/**
 * The 5-tuple entry that a packet belongs to, as stages see it: a view over one record of the worker's flow table, moved from flow to
 * flow. Valid inside one call of the pipeline only.
 *
 * <p>Client is the end that began the flow: the sender of the SYN, or of the first packet that was seen.
 */
public interface Flow {
    /** Number that no other live flow of this appliance has; stands as {@code flow_id} in events. */
    long id();

    /** IP protocol number. */
    int protocol();

    /** True when the packet at hand goes from client to server. */
    boolean toServer();

    /** The side on which the client is. */
    Side clientSide();

    long clientHigh();

    long clientLow();

    long serverHigh();

    long serverLow();

    int clientPort();

    int serverPort();

    /** Outermost VLAN identifiers as in {@link jp.genkan.core.frame.Packet#vlanIds}. */
    long vlanIds();

    /** True until the first packet of the flow has passed through the stages. */
    boolean isNew();

    /** True when the flow was picked up after its beginning. */
    boolean isMidstream();

    /** True when both ends of a TCP connection have finished and know it; a reset does not count, because its receiver may ignore it. */
    default boolean isFinished() {
        return false;
    }

    /** True when both ends have spoken: TCP's handshake is complete, or packets went both ways. */
    default boolean isEstablished() {
        return false;
    }

    /** Frames that the worker has seen in a direction, the packet at hand included. */
    default long packets(boolean toServer) {
        return 0;
    }

    /** Octets of those frames. */
    default long bytes(boolean toServer) {
        return 0;
    }

    /**
     * Sequence numbers of TCP that an end has used so far, those of its SYN and FIN included.
     *
     * @param toServer true for what the client has sent
     * @return -1 when the beginning was not seen, or for other protocols
     */
    default long sequenceSpan(boolean toServer) {
        return -1;
    }

    /** Octets of frames of this flow that the kernel has forwarded by itself, as far as is known: all of them when the flow ends. */
    default long bypassedBytes(boolean toServer) {
        return 0;
    }

    /** Wall time of the last packet, nanoseconds since 1970. */
    default long lastEpochNanos() {
        return 0;
    }

    /** Wall time of the first packet, nanoseconds since 1970. */
    default long startEpochNanos() {
        return 0;
    }

    /** Remembers that an alert was raised on this flow. */
    default void markAlerted() {}

    /** Remembers that rules have passed the rest of this flow. */
    default void markPassed() {}

    /** True when rules have passed the rest of this flow. */
    default boolean isPassed() {
        return false;
    }

    /** The stage's own slot of 64 bits in the flow; 0 in a new flow. */
    long slot(int stage);

    /** Sets the stage's own slot. */
    void slot(int stage, long value);

    /**
     * The stage needs to see nothing more of this flow. When all stages have said so, the flow is settled and the gate may forward it in
     * the kernel. Undone for every flow when lists or policies change.
     */
    void settle(int stage);

    /**
     * The stage wants the flow's bytes, in order, before they are forwarded: holding back and normalising begin. To be asked for on the
     * flow's first packet.
     */
    void requestStream(int stage);

    /** Drops every further frame of the flow, with this reason in the counters. */
    void dropRest(DropReason reason);
}
