package jp.genkan.testbed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jp.genkan.testbed.box.Box;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.load.Blast;
import jp.genkan.testbed.load.ConnectRate;
import jp.genkan.testbed.load.Outage;
import jp.genkan.testbed.load.Outage.Hit;
import jp.genkan.testbed.load.PingPong;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.jspecify.annotations.Nullable;

/**
 * Measures boxes side by side: each round every subject takes its place in the middle once, in turn, so that whatever else the machine does
 * meets all of them; what counts are medians, and ratios to the kernel's bridge in the same run.
 */
public final class Bench {
    private final Options options;
    private final OutageSamples outages = new OutageSamples();
    private final Map<OffloadMode, Samples> samples = new EnumMap<>(OffloadMode.class);

    private Bench(Options options) {
        this.options = options;
    }

    /** Runs what the arguments ask for and prints Markdown: {@code --what replay} how captures are read, {@code --what hold} what holding costs,
     * {@code --what soak} what is left after a long time, else whole boxes. */
    public static void main(String[] arguments) throws Exception {
        String what = arguments.length > 1 && "--what".equals(arguments[0]) ? arguments[1] : "boxes";
        boolean replay = "replay".equals(what);
        try {
            if (replay) {
                ReplayBench.Options options = ReplayBench.Options.parse(arguments);
                print(ReplayBench.run(options), options.out());
            } else if ("hold".equals(what)) {
                Options options = Options.parse(Arrays.copyOfRange(arguments, 2, arguments.length));
                print(HoldBench.run(options), options.out());
            } else if ("soak".equals(what)) {
                Options options = Options.parse(Arrays.copyOfRange(arguments, 2, arguments.length));
                print(SoakBench.run(options), options.out());
            } else {
                Options options = Options.parse(arguments);
                print(new Bench(options).run(), options.out());
            }
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(replay ? ReplayBench.USAGE : Options.USAGE + ReplayBench.USAGE);
            System.exit(2);
        }
    }

    private static void print(String report, @Nullable Path out) throws IOException {
        if (out == null) {
            System.out.print(report);
        } else {
            Files.writeString(out, report);
        }
    }

    private String run() throws Exception {
        String loadBefore = Machine.loadAverage();
        for (int round = 0; round < options.rounds(); round++) {
            for (OffloadMode mode : options.modes()) {
                measureAll(round, mode);
            }
        }
        for (int round = 0; options.outages() && round < options.rounds(); round++) {
            measureOutages(round);
        }
        return report(loadBefore);
    }

    private void measureOutages(int round) throws Exception {
        for (Subject subject : options.subjects()) {
            if (!subject.isGenkan()) {
                continue;
            }
            try (Topology topology = Topology.build(TopologySpec.plain(OffloadMode.NIC));
                    GenkanBox box = (GenkanBox) subject.start(topology)) {
                for (boolean load : List.of(false, true)) {
                    // In this order each leaves the engine as the next one needs it.
                    for (Hit hit : List.of(Hit.KILL, Hit.START, Hit.HANG, Hit.TERMINATE, Hit.START)) {
                        say("round %d, %s, %s%s", round + 1, subject.title(), hit, load ? " under load" : "");
                        outages.add(subject, hit, load, Outage.measure(topology, box, hit, load));
                    }
                }
            }
        }
    }

    private void measureAll(int round, OffloadMode mode) throws Exception {
        try (Topology topology = Topology.build(TopologySpec.plain(mode))) {
            for (Subject subject : inTurn(round)) {
                if (subject.works(mode)) {
                    try (Box box = subject.start(topology)) {
                        // A box may change what its ports leave to the card.
                        topology.setOffloads(mode);
                        say("round %d, %s, %s", round + 1, mode, subject.title());
                        measure(topology, box, subject, samples.computeIfAbsent(mode, m -> new Samples()));
                    }
                }
            }
        }
    }

    /** Another subject begins each round, so that none is always the one that finds the machine cold. */
    private List<Subject> inTurn(int round) {
        List<Subject> turn = new ArrayList<>(options.subjects());
        java.util.Collections.rotate(turn, -round);
        return turn;
    }

    private void measure(Topology topology, Box box, Subject subject, Samples into) throws Exception {
        Duration duration = Duration.ofSeconds(options.seconds());
        Iperf.run(topology.lan(), topology.wan(), 1, 1); // warm-up: code is compiled, neighbours are known
        double boxBefore = box.cpuSeconds();
        double machineBefore = Machine.busySeconds();
        Iperf.Result one = Iperf.run(topology.lan(), topology.wan(), 1, options.seconds());
        double boxUsed = box.cpuSeconds() - boxBefore;
        double machineUsed = Machine.busySeconds() - machineBefore;
        into.add(Metric.TCP_1, subject, one.gigabitsPerSecond());
        into.add(Metric.BOX_CPU, subject, boxUsed / one.gigabytes());
        into.add(Metric.MACHINE_CPU, subject, machineUsed / one.gigabytes());
        Iperf.Result eight = Iperf.run(topology.lan(), topology.wan(), 8, options.seconds());
        into.add(Metric.TCP_8, subject, eight.gigabitsPerSecond());
        PingPong.Result latency = PingPong.run(topology.lan(), topology.wan(), duration);
        into.add(Metric.LATENCY_MEDIAN, subject, latency.medianMicros());
        into.add(Metric.LATENCY_P99, subject, latency.p99Micros());
        ConnectRate.Result connections = ConnectRate.run(topology.lan(), topology.wan(), duration);
        if (connections.failed() > 0) {
            say("%s: %d connections failed", subject.title(), connections.failed());
        }
        into.add(Metric.CONNECTIONS, subject, connections.perSecond());
        into.add(
                Metric.SMALL_FRAMES,
                subject,
                Blast.run(topology.lan(), topology.wan(), duration).forwardedPerSecond());
    }

    private String report(String loadBefore) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(Machine.describe())
                .append(".\nLoad average when it began: ")
                .append(loadBefore)
                .append(".\n\n");
        text.append(String.format(
                "Medians of %d rounds of %d s; in parentheses the ratio to the bridge, then the lowest and highest sample.%n",
                options.rounds(), options.seconds()));
        samples.forEach((mode, values) -> text.append("\n### Mode ")
                .append(mode.name().toLowerCase(java.util.Locale.ROOT))
                .append("\n\n")
                .append(values.table(options.subjects().stream()
                        .filter(subject -> subject.works(mode))
                        .toList())));
        text.append(outages.table());
        return text.toString();
    }

    private static void say(String format, Object... values) {
        System.err.printf("bench: " + format + "%n", values);
    }
}
