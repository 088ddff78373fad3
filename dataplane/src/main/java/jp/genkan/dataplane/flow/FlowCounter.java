package jp.genkan.dataplane.flow;

/** What a flow table counts; one set a worker. */
public enum FlowCounter {
    /** Flows that were begun. */
    CREATED,
    /** Flows begun by a TCP packet. */
    CREATED_TCP,
    /** Flows begun by a UDP packet. */
    CREATED_UDP,
    /** Flows begun by an ICMP or ICMPv6 packet. */
    CREATED_ICMP,
    /** Flows begun by a packet of any other IP protocol. */
    CREATED_OTHER,
    /** TCP flows that were picked up after their handshake. */
    MIDSTREAM,
    /** Flows that ended because they were silent. */
    ENDED_TIMEOUT,
    /** Flows that ended because their addresses and ports began a new connection. */
    ENDED_REUSE,
    /** Flows that ended with the engine. */
    ENDED_SHUTDOWN,
    /** The table was full: a closed flow made room. Harmless. */
    EVICTED_CLOSED,
    /** The table was full: a half-open connection or one-packet flow made room. Many of them are a flood or a scan. */
    EVICTED_UNESTABLISHED,
    /** The table was full of established flows: the one that was silent the longest made room. Raise {@code flow.flows-max}. */
    EVICTED_ESTABLISHED,
    /** Packets without a flow because more flows had ended than were told yet. The worker calls {@code expire} too rarely. */
    REFUSED_BACKLOG,
    /** How often the table began to hurry: full, so that shorter timeouts hold until 30 % are free. */
    EMERGENCY_BEGUN,
    /** How often that was over. */
    EMERGENCY_ENDED,
    /** Packets without IP: they have no flow. */
    NO_IP,
    /** Fragments that are not put together: they have no flow. */
    NO_FLOW_FRAGMENT,
    /** Packets whose transport header is cut off or malformed: they have no flow. */
    NO_FLOW_MALFORMED,
    /** Packets that came in from the side where the flow's receiver is; they do not change its state. Spoofed, or a router that sends back. */
    WRONG_SIDE;

    /** That of a new flow. */
    static FlowCounter created(int flowClass) {
        return switch (flowClass) {
            case FlowRecord.TCP_NEW -> CREATED_TCP;
            case FlowRecord.UDP_NEW -> CREATED_UDP;
            case FlowRecord.ICMP_NEW -> CREATED_ICMP;
            default -> CREATED_OTHER;
        };
    }
}
