package jp.genkan.dataplane.gate;

/** What happens to frames while no living worker looks at them. */
public enum FailPolicy {
    /** The kernel forwards them uninspected. */
    OPEN,
    /** Nothing passes. */
    CLOSED
}
