package jp.genkan.access.reputation;

/** What a reputation stage counts. */
public enum ReputationCounter {
    /** Flows, or packets inside tunnels, whose ends were looked up. */
    JUDGED,
    /** Flows cut off because of a list. */
    FLOWS_BLOCKED,
    /** Flows with an end on a list that only logs. */
    FLOWS_LOGGED,
    /** Packets inside a tunnel that were dropped because of a list; the tunnel's other packets pass. */
    INNER_PACKETS_BLOCKED,
    /** Matches that did not count: an exception, the box's own address, or a group address. */
    EXCEPTED,
    /** Events that the full event queue did not take. */
    EVENTS_SHED
}
