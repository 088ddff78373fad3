package jp.genkan.ips.policy;

/** What becomes of a rule. */
public enum Answer {
    /** What matches is not forwarded, and a connection is ended on both sides at once. */
    BLOCK,
    /** An event, nothing else. */
    LOG,
    /** The rule is not used. */
    OFF
}
