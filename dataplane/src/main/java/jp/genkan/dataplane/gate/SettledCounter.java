package jp.genkan.dataplane.gate;

/** What {@link SettledFlows} counts. */
public enum SettledCounter {
    /** Flows that were handed to the kernel. */
    SETTLED,
    /** Flows that the kernel cannot know again (neither TCP nor UDP, three VLAN tags, an unknown port): they stay with the inspector. */
    NOT_SETTLEABLE,
    /** The kernel refused the entry: the flow stays with the inspector. */
    UPDATE_REFUSED
}
