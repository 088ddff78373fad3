package jp.genkan.dataplane.gate;

import java.util.List;

/**
 * Frames and octets by port and way, since the programs were first attached: they go on counting when no process is there. A GRO
 * super-frame counts as one frame.
 *
 * @param rows one for each port and way, zeros included
 */
public record GateCounters(List<Row> rows) {
    /** The figures of one way at one port. */
    public record Row(GatePort port, GateWay way, long frames, long bytes) {}

    /** Copies the list. */
    public GateCounters {
        rows = List.copyOf(rows);
    }

    /** Frames that took this way at all ports. */
    public long frames(GateWay way) {
        return rows.stream()
                .filter(row -> row.way() == way)
                .mapToLong(Row::frames)
                .sum();
    }

    /** Octets that took this way at all ports. */
    public long bytes(GateWay way) {
        return rows.stream()
                .filter(row -> row.way() == way)
                .mapToLong(Row::bytes)
                .sum();
    }

    /** Frames that came in by this port and took this way. */
    public long frames(int port, GateWay way) {
        return rows.stream()
                .filter(row -> row.port().number() == port && row.way() == way)
                .mapToLong(Row::frames)
                .sum();
    }

    /** The figures in the Prometheus text format, with closing line ends. */
    public String toPrometheus() {
        StringBuilder text = new StringBuilder();
        text.append("# HELP genkan_gate_frames_total Frames received by a port, by the way that they took.\n");
        text.append("# TYPE genkan_gate_frames_total counter\n");
        rows.forEach(row -> append(text, "genkan_gate_frames_total", row, row.frames()));
        text.append(
                "# HELP genkan_gate_bytes_total Octets of the frames received by a port, by the way that they took.\n");
        text.append("# TYPE genkan_gate_bytes_total counter\n");
        rows.forEach(row -> append(text, "genkan_gate_bytes_total", row, row.bytes()));
        return text.toString();
    }

    private static void append(StringBuilder text, String metric, Row row, long value) {
        text.append(metric).append("{port=\"");
        // an interface may be named almost anything (15 octets without slash and space)
        text.append(
                row.port().name().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
        text.append("\",way=\"")
                .append(row.way().label())
                .append("\"} ")
                .append(value)
                .append('\n');
    }
}
