package jp.genkan.core.eventlog;

/** What the event log counts. What was shed before it came here is counted by the queues: {@link EventLog#shed}. */
public enum EventLogCounter {
    /** Events that were taken from the queues and put into the files' buffers. */
    EVENTS,
    /** Events that could not be put into words: a fault in the engine that made them. */
    EVENTS_MALFORMED,
    /** Events of which only the common fields were written, because the line would have been too long. */
    EVENTS_OVERSIZE,
    /** Octets written to eve.json. */
    EVE_BYTES,
    /** Times that eve.json was rotated. */
    EVE_ROTATIONS,
    /** Events that eve.json lacks, because it could not be written for too long. */
    EVE_LOST,
    /** Octets written to segments. */
    SEGMENT_BYTES,
    /** Times that a new segment was begun because the last one was full. */
    SEGMENT_ROTATIONS,
    /** Events that the segments lack, because they could not be written for too long. */
    SEGMENT_LOST,
    /** Writes that failed: disk full, broken, read-only, folder gone. */
    WRITE_FAILURES,
    /** Old files that were deleted before their time, because the disk was full. */
    FILES_DELETED_FOR_SPACE,
    /** Followers that were sent away because they did not keep up. */
    SUBSCRIBERS_DROPPED
}
