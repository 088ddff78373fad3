package jp.genkan.dataplane.port;

/**
 * What a port counts, for each worker. A super-frame (GRO) is one frame. Received = handed to the worker + {@link #DROPPED_STALE} +
 * {@link #DROPPED_TRUNCATED}; queued for sending = sent + all {@code DROPPED_EGRESS_*}.
 */
public enum PortCounter {
    /** Frames taken out of the ring. */
    FRAMES_RECEIVED,
    /** Octets of them, with VLAN tags and without the frame check sequence. */
    BYTES_RECEIVED,
    /** Of them, super-frames that the kernel or the card's driver had put together (GRO). */
    SUPERFRAMES_RECEIVED,
    /** Frames that the kernel took for sending. */
    FRAMES_SENT,
    /** Octets of them. */
    BYTES_SENT,
    /**
     * Frames that found the ring full and never reached the worker: it is too slow for what arrives, or has too few slots for a burst.
     * Raise the number of ring blocks when it grows by bursts, add workers when it grows steadily.
     */
    DROPPED_RING_FULL,
    /** Frames longer than a ring slot. None in a network with packets up to 65535 octets. */
    DROPPED_TRUNCATED,
    /** Frames that had waited in the ring for longer than the stall limit when the worker came back to it. */
    DROPPED_STALE,
    /** How often the worker came back later than the stall limit and found such frames. */
    STALLS,
    /** Frames that the outgoing interface's queue had no room for: the link is slower than what is to be sent. */
    DROPPED_EGRESS_FULL,
    /** Frames for an interface that is down, gone, or without a cable. */
    DROPPED_EGRESS_DOWN,
    /** Frames larger than the outgoing interface's MTU allows: MTUs differ between the ports or in the network. */
    DROPPED_EGRESS_TOO_LARGE,
    /** Frames that the kernel refused for another reason, such as an offload request that makes no sense. */
    DROPPED_EGRESS_REFUSED,
    /** How often the interface came back and new sockets took the place of the old ones. */
    REOPENED
}
