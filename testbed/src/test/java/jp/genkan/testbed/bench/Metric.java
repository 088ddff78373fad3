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
    SMALL_FRAMES("small frames forwarded", "1/s"),
    DOWNLOAD_1("files of 10 MB by HTTP, 1 connection", "MB/s"),
    DOWNLOAD_8("files of 10 MB by HTTP, 8 connections", "MB/s"),
    DOWNLOAD_TIME("a file of 10 MB, from the request to its last octet", "ms"),
    MAILS("mails of 100 KB sent, 8 connections", "1/s"),
    HELD_LATENCY_P99("request/response while 100 downloads wait, 99 %", "µs");

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
            case LATENCY_MEDIAN, LATENCY_P99, HELD_LATENCY_P99, DOWNLOAD_TIME, DOWNLOAD_1, DOWNLOAD_8 ->
                String.format("%.0f", value);
            case CONNECTIONS, SMALL_FRAMES, MAILS -> String.format("%,.0f", value);
        };
    }
}
