package jp.genkan.core.pipeline;

/**
 * Every reason for which a frame may die in the box, and the only list of them. The name in lower case is what counters and the documentation
 * say; drop events say it in EVE's words.
 */
public enum DropReason {
    /** Not dropped. */
    NONE,
    /** An address or network of a reputation list. */
    REPUTATION,
    /** The machine is isolated. */
    ISOLATION,
    /** A name, address or URL of a site list. */
    URL_FILTER,
    /** An infected file. */
    VIRUS,
    /** The last octets of a file that is being looked at; their sender sends them again. */
    SCAN_PENDING,
    /** Its octets wait in the box, or were taken by it: their receiver gets them from there. */
    HELD,
    /** A rule of the intrusion prevention. */
    RULE,
    /** A rule of the intrusion prevention, which drops because of how often it matched. */
    RULE_THRESHOLD,
    /** The flow was dropped before, and this is a later frame of it. */
    FLOW_DROPPED,
    /** A packet inside this tunnel was dropped. */
    TUNNEL,
    /** The frame lay in the ring while the worker did not run, longer than the stall limit. */
    STALE,
    /** The outgoing port took no more frames. */
    EGRESS_FULL,
    /** The outgoing port is down or gone. */
    EGRESS_DOWN,
    /** The frame is larger than the outgoing port allows. */
    EGRESS_TOO_LARGE,
    /** The kernel refused to send the frame for another reason. */
    EGRESS_REFUSED,
    /** The kernel handed over fewer octets than the frame had: a whole frame cannot be sent. */
    RING_TRUNCATED,
    /** Sent by the side where its destination is: it need not cross the box. */
    SAME_PORT,
    /** A TCP connection whose beginning was not seen, where such are not let through. */
    STREAM_MIDSTREAM,
    /** Stream normalising: the segment's bytes differ from those that were inspected at the same place. */
    STREAM_OVERLAP,
    /** Stream normalising: the segment lies outside of the receiver's window. */
    STREAM_WINDOW,
    /** Stream normalising: an RST whose sequence number the receiver must not accept (RFC 5961 §3.2). */
    STREAM_RESET,
    /** Stream normalising: urgent data where the configuration does not allow any. */
    STREAM_URGENT,
    /** Stream normalising: a segment beyond a gap that was too large to hold. */
    STREAM_LIMIT;

    private static final DropReason[] VALUES = values();

    /** The reason with this ordinal, without allocating. */
    public static DropReason of(int ordinal) {
        return VALUES[ordinal];
    }

    /** How drop events say it: Suricata's words where it has such a reason, the name otherwise. */
    public String eveWords() {
        return switch (this) {
            case RULE -> "rules";
            case RULE_THRESHOLD -> "threshold detection_filter";
            case FLOW_DROPPED -> "flow drop";
            case TUNNEL -> "tunnel packet drop";
            case STREAM_OVERLAP -> "stream reassembly";
            case STREAM_WINDOW, STREAM_RESET -> "stream error";
            case STREAM_URGENT -> "stream urgent";
            default -> eveName().replace('_', ' ');
        };
    }

    /** The name in events and counters. */
    public String eveName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
