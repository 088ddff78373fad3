package jp.genkan.dataplane.flow;

/** What a TCP segment is to its receiver, as far as can be told from the middle. */
public enum SegmentClass {
    /** Acceptable; may bring new octets. */
    IN_WINDOW,
    /** Acceptable; all its octets were sent before. */
    RETRANSMISSION,
    /** One octet, or none, before the next expected one: asks whether the peer is alive (RFC 9293 §3.8.4). */
    KEEP_ALIVE,
    /** One octet at the edge of a closed window (RFC 9293 §3.8.6.1). */
    WINDOW_PROBE,
    /**
     * Sent by an end whose SYN has not been answered yet: the peer ignores it, unless the answer passed unseen. Acceptable where only one direction can
     * be seen; an inline inspector lets it wait until the peer has repeated its answer.
     */
    UNANSWERED,
    /** A reset that closes the connection. */
    RESET,
    /** Answered by a challenge ACK and otherwise without effect, like a SYN in an established connection (RFC 5961 §4). To be forwarded. */
    CHALLENGE,
    /** A reset with a sequence number that must not close the connection (RFC 5961 §3). */
    INVALID_RESET,
    /** An acknowledgment that is missing, too old or of octets that were never allowed: the receiver ignores the whole segment (RFC 5961 §5). */
    INVALID_ACK,
    /** Outside of the receiver's window, which ignores it. */
    OUT_OF_WINDOW;

    /** True when the receiver looks at the segment's octets. */
    public boolean isAcceptable() {
        return ordinal() <= WINDOW_PROBE.ordinal();
    }
}
