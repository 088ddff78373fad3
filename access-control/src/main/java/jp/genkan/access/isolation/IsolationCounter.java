package jp.genkan.access.isolation;

/** What an isolation stage counts. */
public enum IsolationCounter {
    /** Flows of isolated machines that were cut off. */
    FLOWS_CUT,
    /** Packets of isolated machines that were dropped. */
    PACKETS_CUT,
    /** Frames without a flow (ARP, other EtherTypes) of isolated machines that were dropped. */
    FLOWLESS_CUT,
    /** Packets of isolated machines that passed because the other end is an exception, or that such a path needs. */
    EXCEPTED,
    /** Events that the full event queue did not take. */
    EVENTS_SHED
}
