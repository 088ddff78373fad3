package jp.genkan.dataplane.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.Test;

class FlowEventTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;

    private final Segments segments = new Segments();

    /** Writes fields down as {@code path=value}. */
    private static final class Written implements EveFields {
        final List<String> lines = new ArrayList<>();
        private final List<String> path = new ArrayList<>();

        private Written line(String name, Object value) {
            path.add(name);
            lines.add(String.join(".", path) + "=" + value);
            path.removeLast();
            return this;
        }

        @Override
        public EveFields put(String name, String value) {
            return line(name, value);
        }

        @Override
        public EveFields put(String name, long value) {
            return line(name, value);
        }

        @Override
        public EveFields put(String name, double value) {
            return line(name, value);
        }

        @Override
        public EveFields put(String name, boolean value) {
            return line(name, value);
        }

        @Override
        public EveFields putTime(String name, long epochNanos) {
            return line(name, epochNanos / SECOND - START / SECOND);
        }

        @Override
        public EveFields object(String name) {
            path.add(name);
            return this;
        }

        @Override
        public EveFields object() {
            throw new AssertionError("a flow event has no arrays");
        }

        @Override
        public EveFields array(String name) {
            throw new AssertionError("a flow event has no arrays");
        }

        @Override
        public EveFields add(String value) {
            throw new AssertionError("a flow event has no arrays");
        }

        @Override
        public EveFields add(long value) {
            throw new AssertionError("a flow event has no arrays");
        }

        @Override
        public EveFields end() {
            path.removeLast();
            return this;
        }
    }

    private List<String> eventOf(Packets packets) {
        List<FlowEvent> events = new ArrayList<>();
        try (FlowTable table = new FlowTable(FlowLimits.withFlowsMax(16), 1, 0, 1)) {
            packets.run(table);
            table.endAll(flow -> events.add(FlowEvent.of(flow, START + 99 * SECOND, "failed")));
        }
        assertThat(events).hasSize(1);
        Written written = new Written();
        events.getFirst().writeTo(written);
        return written.lines;
    }

    @FunctionalInterface
    private interface Packets {
        void run(FlowTable table);
    }

    @Test
    void tcpFlowSaysWhatSuricataSays() {
        TcpTracker tracker = new TcpTracker();
        List<String> lines = eventOf(table -> {
            segments.at(START);
            track(table, tracker, segments.tcp(true, Packet.SYN, 1, 0, 10));
            track(table, tracker, segments.tcp(false, Packet.SYN | Packet.ACK, 5, 2, 10));
            segments.at(START + 3 * SECOND);
            track(table, tracker, segments.tcp(true, Packet.ACK, 2, 6, 10)).markAlerted();
        });
        assertThat(lines)
                .containsExactly(
                        "app_proto=failed",
                        "flow.pkts_toserver=2",
                        "flow.pkts_toclient=1",
                        "flow.bytes_toserver=108",
                        "flow.bytes_toclient=54",
                        "flow.start=0",
                        "flow.end=3",
                        "flow.age=3",
                        "flow.state=established",
                        "flow.reason=shutdown",
                        "flow.alerted=true",
                        "tcp.tcp_flags=12",
                        "tcp.tcp_flags_ts=12",
                        "tcp.tcp_flags_tc=12",
                        "tcp.syn=true",
                        "tcp.ack=true",
                        "tcp.state=established",
                        "tcp.ts_max_regions=1",
                        "tcp.tc_max_regions=1");
    }

    private static FlowView track(FlowTable table, TcpTracker tracker, Packet packet) {
        FlowView flow = Objects.requireNonNull(table.find(packet, packet.epochNanos));
        tracker.track(flow, packet);
        return flow;
    }

    @Test
    void bypassedFlowSaysWhatTheGateHasForwarded() {
        List<String> lines = eventOf(table -> {
            segments.at(START);
            FlowView flow = Objects.requireNonNull(table.find(segments.udp(true, 1, 2, 3, 4, 0), 0));
            flow.beginBypass();
            flow.markBypassed(10, 1_000, 20, 2_000, 5, START + 7 * SECOND);
        });
        assertThat(lines)
                .contains(
                        "flow.bypassed.pkts_toserver=10",
                        "flow.bypassed.bytes_toclient=2000",
                        "flow.end=7",
                        "flow.bypass=capture",
                        "flow.state=bypassed");
    }

    @Test
    void everyProtocolHasAFlowEvent() {
        assertThat(eventOf(table -> table.find(segments.other(true, 1, 2, 47), 0)))
                .contains("flow.state=new");
        assertThat(eventOf(table ->
                        table.find(segments.icmp(true, 1, 2, 8, 0, (byte) 0, (byte) 1, (byte) 0, (byte) 1), 0)))
                .contains("flow.pkts_toserver=1");
    }
}
