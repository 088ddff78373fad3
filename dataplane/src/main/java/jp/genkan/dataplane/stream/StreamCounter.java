package jp.genkan.dataplane.stream;

/** What a reassembler counts; one set a worker. */
public enum StreamCounter {
    /** Directions of flows whose octets were asked for. */
    STREAMS_BEGUN,
    /** Directions that began after the connection's beginning. */
    STREAMS_BEGUN_MIDSTREAM,
    /** Directions that nobody wanted any more. */
    STREAMS_GIVEN_UP,
    /** Octets handed to consumers. */
    BYTES_INSPECTED,
    /** Segments that came in order and went on without a copy of the frame. */
    SEGMENTS_IN_ORDER,
    /** Segments beyond a gap: recorded, and inspected when it fills. */
    SEGMENTS_OUT_OF_ORDER,
    /** Segments that brought nothing new. */
    SEGMENTS_RETRANSMITTED,
    /** Segments, some of whose octets could not be compared with what was inspected, because that was forgotten or never seen. */
    SEGMENTS_UNVERIFIED,
    /** Times that octets were missing and passed all the same: the kernel forwarded them, or the capture lacks them. */
    GAPS,
    /** Octets that were missing. */
    GAP_BYTES,
    /** Segments with octets other than those inspected at the same place. */
    OVERLAPS_DIFFERENT,
    /** Segments dropped because of that, or because they bring octets beyond a FIN. */
    DROPPED_OVERLAP,
    /** Segments dropped because their receiver would ignore them. */
    DROPPED_WINDOW,
    /** Resets dropped because they must not close the connection. */
    DROPPED_RESET,
    /** Segments dropped because of urgent data. */
    DROPPED_URGENT,
    /** Segments whose URG flag was cleared. */
    URGENT_CLEARED,
    /** Segments with urgent data that went on as they were: the policy says so, or the frame cannot be written to. */
    URGENT_PASSED,
    /** Segments beyond a gap that were dropped because {@code stream.direction-bytes-max} or the pool was reached. TCP sends them again. */
    DROPPED_LIMIT,
    /** Segments dropped because their stream was cut by a verdict. */
    DROPPED_CUT,
    /** Pieces that were inspected and forgotten before they were acknowledged, because a limit was reached. */
    FORGOTTEN,
    /** Segments that were inspected but not kept, because the worker's pool was used up. */
    NOT_KEPT,
    /** Segments with a wrong checksum: forwarded, never looked at. */
    WRONG_CHECKSUM,
    /** Segments from the side where their receiver is: forwarded, never looked at. */
    WRONG_SIDE
}
