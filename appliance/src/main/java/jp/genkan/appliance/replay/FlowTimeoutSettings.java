package jp.genkan.appliance.replay;

import java.util.Map;
import jp.genkan.dataplane.flow.FlowTimeouts;

/** How long silent flows stay, by {@code flow-timeouts}. Thread rule: stateless. */
final class FlowTimeoutSettings {
    private FlowTimeoutSettings() {}

    /** What is set; the box's own for what is not. */
    static FlowTimeouts of(Map<String, String> values) {
        FlowTimeouts own = FlowTimeouts.DEFAULT;
        return new FlowTimeouts(
                seconds(values, "tcp.new", own.tcpNewSeconds()),
                seconds(values, "tcp.established", own.tcpEstablishedSeconds()),
                seconds(values, "tcp.closed", own.tcpClosedSeconds()),
                seconds(values, "udp.new", own.udpNewSeconds()),
                seconds(values, "udp.established", own.udpEstablishedSeconds()),
                seconds(values, "icmp.new", own.icmpNewSeconds()),
                seconds(values, "icmp.established", own.icmpEstablishedSeconds()),
                seconds(values, "default.new", own.otherNewSeconds()),
                seconds(values, "default.established", own.otherEstablishedSeconds()));
    }

    private static int seconds(Map<String, String> values, String name, int otherwise) {
        long set = EveOptions.octets(values.getOrDefault("flow-timeouts." + name, ""));
        return set < 1 || set > Integer.MAX_VALUE ? otherwise : (int) set;
    }
}
