package jp.genkan.ips.rule;

/** What a rule does where it matches. In the order in which rules win: a {@code pass} outweighs everything. */
public enum RuleAction {
    /** The rest of the rules is not asked: for the packet, or for the flow where the rule looks at a conversation. */
    PASS("pass"),
    /** The packet and what follows of its flow are dropped. */
    DROP("drop"),
    /** Dropped, and the sender is told. */
    REJECT("reject"),
    /** As {@link #REJECT}. */
    REJECT_SOURCE("rejectsrc"),
    /** Dropped, and the receiver is told. */
    REJECT_DESTINATION("rejectdst"),
    /** Dropped, and both ends are told. */
    REJECT_BOTH("rejectboth"),
    /** An event, nothing else. */
    ALERT("alert"),
    /** Changes how a flow or transaction is logged, without an event. */
    CONFIG("config");

    private final String word;

    RuleAction(String word) {
        this.word = word;
    }

    /** As a rule spells it. */
    public String word() {
        return word;
    }

    /** True when packets are stopped by it. */
    public boolean isDrop() {
        return this == DROP || isReject();
    }

    /** True when an end is told. */
    public boolean isReject() {
        return this == REJECT || this == REJECT_SOURCE || this == REJECT_DESTINATION || this == REJECT_BOTH;
    }
}
