package jp.genkan.dataplane.pipeline;

/** Which packets of a flow that is dropped for good have an event: Suricata's {@code drop.flows}. */
public enum DropTelling {
    /** The first of each direction, and what a rule drops. */
    START,
    /** Every one. */
    ALL
}
