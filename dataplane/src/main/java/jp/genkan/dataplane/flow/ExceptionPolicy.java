package jp.genkan.dataplane.flow;

import java.util.Locale;

/**
 * What is done about traffic that cannot be followed or judged as it should be: Suricata's exception policies. The name in lower case is what flow events
 * and counters say.
 */
public enum ExceptionPolicy {
    /** Nothing more than is done anyway. */
    IGNORE,
    /** Rules do not look at the packet. */
    PASS_PACKET,
    /** Rules look at no packet of the flow; its application is still read. */
    PASS_FLOW,
    /** Nothing looks at the flow any more. */
    BYPASS,
    /** The packet is dropped. */
    DROP_PACKET,
    /** The packet and every later one of the flow are dropped. */
    DROP_FLOW,
    /** As {@link #DROP_FLOW}, and both ends are told. */
    REJECT;

    private static final ExceptionPolicy[] VALUES = values();

    /** The policy with this ordinal, without allocating. */
    static ExceptionPolicy of(int ordinal) {
        return VALUES[ordinal];
    }

    /** True when traffic is stopped: impossible where it is only looked at. */
    public boolean stops() {
        return this == DROP_PACKET || this == DROP_FLOW || this == REJECT;
    }

    /** The name in events and counters. */
    public String eveName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
