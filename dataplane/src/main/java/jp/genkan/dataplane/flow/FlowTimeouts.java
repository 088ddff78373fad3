package jp.genkan.dataplane.flow;

/**
 * How many seconds a silent flow stays, by protocol and state. The defaults are the field's (Suricata's {@code flow-timeouts}), but for closed
 * TCP flows, which nothing more is expected of, and answered ICMP.
 */
public record FlowTimeouts(
        int tcpNewSeconds,
        int tcpEstablishedSeconds,
        int tcpClosedSeconds,
        int udpNewSeconds,
        int udpEstablishedSeconds,
        int icmpNewSeconds,
        int icmpEstablishedSeconds,
        int otherNewSeconds,
        int otherEstablishedSeconds) {
    /** While there is room. */
    public static final FlowTimeouts DEFAULT = new FlowTimeouts(60, 600, 20, 30, 300, 30, 30, 30, 300);

    /** While the table is full. */
    public static final FlowTimeouts EMERGENCY = new FlowTimeouts(10, 100, 1, 10, 100, 10, 10, 10, 100);

    /** Validates. */
    public FlowTimeouts {
        if (tcpNewSeconds < 1
                || tcpEstablishedSeconds < 1
                || tcpClosedSeconds < 1
                || udpNewSeconds < 1
                || udpEstablishedSeconds < 1
                || icmpNewSeconds < 1
                || icmpEstablishedSeconds < 1
                || otherNewSeconds < 1
                || otherEstablishedSeconds < 1) {
            throw new IllegalArgumentException("a flow timeout is at least 1 second");
        }
    }

    /** Nanoseconds by {@link FlowRecord} class. */
    long[] byClass() {
        int[] seconds = new int[FlowRecord.CLASSES];
        seconds[FlowRecord.TCP_NEW] = tcpNewSeconds;
        seconds[FlowRecord.TCP_ESTABLISHED] = tcpEstablishedSeconds;
        seconds[FlowRecord.TCP_CLOSED] = tcpClosedSeconds;
        seconds[FlowRecord.UDP_NEW] = udpNewSeconds;
        seconds[FlowRecord.UDP_ESTABLISHED] = udpEstablishedSeconds;
        seconds[FlowRecord.ICMP_NEW] = icmpNewSeconds;
        seconds[FlowRecord.ICMP_ESTABLISHED] = icmpEstablishedSeconds;
        seconds[FlowRecord.OTHER_NEW] = otherNewSeconds;
        seconds[FlowRecord.OTHER_ESTABLISHED] = otherEstablishedSeconds;
        long[] nanos = new long[seconds.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = seconds[i] * 1_000_000_000L;
        }
        return nanos;
    }
}
