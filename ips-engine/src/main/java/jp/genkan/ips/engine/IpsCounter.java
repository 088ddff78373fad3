package jp.genkan.ips.engine;

/** What the matcher counts. The Javadoc is the operator's manual. */
public enum IpsCounter {
    /** Rules whose conditions were asked: the work that is left when protocol, port and literals have sorted out the rest. */
    RULES_ASKED,
    /** Rules that matched, thresholds apart. */
    MATCHES,
    /** Events that were written. */
    ALERTS,
    /** Events that were not written because a packet had too many. */
    ALERTS_SHED,
    /** Packets that a rule has stopped. */
    DROPPED,
    /** Flows that passed because of a pass rule. */
    FLOWS_PASSED,
    /** Transactions that were not looked at because a flow had too many open at a time. */
    TRANSACTIONS_SHED,
    /** Frames of protocols that rules were not asked about, because a flow had too many of them waiting. */
    FRAMES_SHED,
    /** Regular expressions that were given up at a limit of time or steps: they count as not found. */
    EXPRESSION_LIMITS,
    /** Faults of the matcher: the packet passed uninspected. */
    FAULTS
}
