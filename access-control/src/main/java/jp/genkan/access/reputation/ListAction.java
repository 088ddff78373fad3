package jp.genkan.access.reputation;

/** What a match on a list leads to. */
public enum ListAction {
    /** The flow is cut off and an event is written. */
    BLOCK,
    /** Only the event is written. */
    LOG
}
