package jp.genkan.testbed.bench;

/** What is measured of a box, in the order of the table. */
enum Metric {
    TCP_1("TCP bulk, 1 stream", "Gbit/s"),
    TCP_8("TCP bulk, 8 streams", "Gbit/s"),
    BOX_CPU("CPU of the box's process", "s/GB"),
    MACHINE_CPU("CPU of the whole machine", "s/GB"),
    LATENCY_MEDIAN("request/response, median", "µs"),
    LATENCY_P99("request/response, 99 %", "µs"),
    CONNECTIONS("connections", "1/s"),
    SMALL_FRAMES("small frames forwarded", "1/s");

    final String title;
    final String unit;

    Metric(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** The value as the table shows it. */
    String format(double value) {
        return switch (this) {
            case TCP_1, TCP_8, BOX_CPU, MACHINE_CPU -> String.format("%.2f", value);
            case LATENCY_MEDIAN, LATENCY_P99 -> String.format("%.0f", value);
            case CONNECTIONS, SMALL_FRAMES -> String.format("%,.0f", value);
        };
    }
}
