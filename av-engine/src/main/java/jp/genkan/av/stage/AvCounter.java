package jp.genkan.av.stage;

/** What the antivirus counts; the Javadoc is the operator's manual. */
public enum AvCounter {
    /** Files that were looked at to their end, or as far as they came. */
    FILES,
    /** Octets of those files. */
    OCTETS,
    /** Looks at files or at what has come of them whose result was known from an earlier one. */
    KNOWN,
    /** Looks for which everything was looked at. */
    UNKNOWN,
    /** Files that are infected. */
    INFECTED,
    /** Encrypted archives of mails that had passed when a later mail brought their password. */
    OPENED_LATE,
    /** Transfers that were ended for it. */
    BLOCKED,
    /** Files that were made harmless, and their transfers delivered. */
    NEUTRALISED,
    /** Files of which something could not be looked at. */
    UNINSPECTABLE,
    /** Files that were too large, or for which there was no memory: only their beginning was looked at. */
    TOO_LARGE,
    /** Files that were looked at away from the path of the frame, their last octets waiting. */
    HANDED_OVER,
    /** Files that passed because the queue of the pool was full. */
    QUEUE_FULL,
    /** Files that passed because their verdict took too long. */
    TOO_LATE,
    /** Packets that were withheld until a verdict was there. */
    WITHHELD,
    /** Events that were not written because the queue was full. */
    EVENTS_SHED
}
