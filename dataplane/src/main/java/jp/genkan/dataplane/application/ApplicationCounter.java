package jp.genkan.dataplane.application;

/** What the application layer counts. */
public enum ApplicationCounter {
    /** Flows whose protocol was recognised. */
    RECOGNISED,
    /** Flows that speak nothing that the box knows. */
    UNKNOWN,
    /** Flows that were not read because {@link ApplicationSettings#flowsMax} others were being read. */
    NOT_READ,
    /** Transactions that were read to their end. */
    TRANSACTIONS,
    /** Files that began. */
    FILES,
    /** Files that were not followed because {@link ApplicationLimits#FILES_MAX} others were open in their flow. */
    FILES_NOT_FOLLOWED,
    /** Frames of protocols that were not followed because {@link FrameTracker#OPEN_MAX} others were open in their direction. */
    FRAMES_NOT_FOLLOWED,
    /** Octets that parsers have read. */
    OCTETS,
    /** Anomalies that parsers told. */
    ANOMALIES,
    /** Flows that changed their protocol more often than {@link ApplicationLimits#HAND_OVERS_MAX}. */
    HAND_OVERS_EXHAUSTED,
    /** Expected connections that came. */
    EXPECTED,
    /** Expected connections that were forgotten because there were too many. */
    EXPECTATIONS_SHED,
    /** Faults in a parser: its flow was read no further. */
    FAULTS
}
