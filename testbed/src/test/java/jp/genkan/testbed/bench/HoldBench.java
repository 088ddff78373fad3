package jp.genkan.testbed.bench;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jp.genkan.testbed.box.Box;
import jp.genkan.testbed.load.Downloads;
import jp.genkan.testbed.load.MailRate;
import jp.genkan.testbed.load.PingPong;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;

/** What it costs that downloads and mails are held until they have been looked at: a box as it is delivered beside one that cuts, and the kernel's bridge. */
final class HoldBench {
    private static final int FILE = 10_000_000;
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 100;

    /** What waits has this size: 100 halves fit into what a worker holds. */
    private static final int WAITING_FILE = 1_000_000;

    private static final List<Subject> SUBJECTS =
            List.of(Subject.BRIDGE, Subject.GENKAN_CUTTING, Subject.GENKAN_DELIVERED);

    private HoldBench() {}

    /** Measures and writes Markdown. */
    static String run(Options options) throws Exception {
        Samples samples = new Samples();
        String loadBefore = Machine.loadAverage();
        for (int round = 0; round < options.rounds(); round++) {
            List<Subject> turn = new ArrayList<>(SUBJECTS);
            Collections.rotate(turn, -round);
            try (Topology topology = Topology.build(TopologySpec.plain(OffloadMode.NIC))) {
                for (Subject subject : turn) {
                    try (Box box = subject.start(topology)) {
                        topology.setOffloads(OffloadMode.NIC);
                        System.err.printf("bench: round %d, %s%n", round + 1, box.name() + " as " + subject.title());
                        measure(topology, subject, samples, Duration.ofSeconds(options.seconds()));
                    }
                }
            }
        }
        return String.format(
                "%s.%nLoad average when it began: %s.%n%nMedians of %d rounds of %d s each, mode nic, after a warm-up as long; in parentheses the ratio to the bridge,"
                        + " then the lowest and highest sample.%n%n%s",
                Machine.describe(), loadBefore, options.rounds(), options.seconds(), samples.table(SUBJECTS));
    }

    private static void measure(Topology topology, Subject subject, Samples into, Duration duration) throws Exception {
        try (Downloads files = new Downloads(topology.lan(), topology.wan(), FILE)) {
            files.run(CONNECTIONS, duration); // code is compiled
            Downloads.Result one = files.run(1, duration);
            into.add(Metric.DOWNLOAD_1, subject, one.megabytesPerSecond());
            into.add(Metric.DOWNLOAD_TIME, subject, one.medianMillis());
            into.add(
                    Metric.DOWNLOAD_8, subject, files.run(CONNECTIONS, duration).megabytesPerSecond());
        }
        MailRate.run(topology.lan(), topology.wan(), CONNECTIONS, duration);
        into.add(Metric.MAILS, subject, MailRate.run(topology.lan(), topology.wan(), CONNECTIONS, duration));
        into.add(
                Metric.LATENCY_P99,
                subject,
                PingPong.run(topology.lan(), topology.wan(), duration).p99Micros());
        try (Downloads waiting = new Downloads(topology.lan(), topology.wan(), WAITING_FILE)) {
            List<SocketChannel> held = waiting.begin(WAITING);
            into.add(
                    Metric.HELD_LATENCY_P99,
                    subject,
                    PingPong.run(topology.lan(), topology.wan(), duration).p99Micros());
            for (SocketChannel client : held) {
                client.close();
            }
        }
    }
}
