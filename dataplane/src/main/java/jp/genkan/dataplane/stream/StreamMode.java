package jp.genkan.dataplane.stream;

/** What the reassembler may do. */
public enum StreamMode {
    /** Frames wait for its answer: what differs from what was inspected is not forwarded. */
    INLINE,
    /** It only looks, at a live copy or a capture: octets are read as soon as they are in order. */
    PASSIVE,
    /** It only looks, and octets are read when their receiver has acknowledged them, or will not say so any more. */
    ACKNOWLEDGED,
    /** As {@link #ACKNOWLEDGED}; what a receiver that is never heard would have acknowledged is read when the flow is over. */
    ACKNOWLEDGED_ONLY;

    /** True when nothing can be dropped. */
    public boolean isPassive() {
        return this != INLINE;
    }

    /** True when octets wait for their acknowledgment. */
    boolean waits() {
        return this == ACKNOWLEDGED || this == ACKNOWLEDGED_ONLY;
    }
}
