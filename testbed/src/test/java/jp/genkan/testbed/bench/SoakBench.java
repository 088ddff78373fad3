package jp.genkan.testbed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.load.RandomTransfers;
import jp.genkan.testbed.load.RandomTransfers.Outcome;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;

/** Downloads and mails for a long time, given up at any moment by either end: whether a box as it is delivered keeps anything of them. */
final class SoakBench {
    private static final int AT_A_TIME = 24;
    private static final int ROWS = 20;

    /** Seconds after which closed flows are forgotten, and what the box keeps of them. */
    private static final int QUIET_SECONDS = 45;

    private static final List<String> COUNTERS =
            List.of("hold", "av_too_large", "av_too_late", "av_queue_full", "fault", "stale", "stalled");

    private SoakBench() {}

    /** Runs for so many seconds and writes Markdown. */
    static String run(Options options) throws Exception {
        StringBuilder table = new StringBuilder(
                "| after | whole | harmless | cut | cut late | given up | broken | virus passed | resident | files open | threads"
                        + " | flows | held |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        String counters;
        try (Topology topology = Topology.build(TopologySpec.plain(OffloadMode.NIC));
                GenkanBox box = GenkanBox.in(topology).start()) {
            topology.setOffloads(OffloadMode.NIC);
            long begin = System.nanoTime();
            RandomTransfers transfers = new RandomTransfers(topology.lan(), topology.wan(), AT_A_TIME);
            try (transfers) {
                row(table, begin, transfers, box);
                for (int i = 0; i < ROWS; i++) {
                    Thread.sleep(1_000L * options.seconds() / ROWS);
                    row(table, begin, transfers, box);
                }
            }
            Thread.sleep(1_000L * QUIET_SECONDS);
            row(table, begin, transfers, box);
            counters = box.counters()
                    .lines()
                    .filter(line -> COUNTERS.stream().anyMatch(line::contains))
                    .collect(Collectors.joining("\n"));
        }
        return String.format(
                "%s.%n%n%d transfers at a time for %d s; the last row %d s after the last of them.%n%n%s%n```%n%s%n```%n",
                Machine.describe(), AT_A_TIME, options.seconds(), QUIET_SECONDS, table, counters);
    }

    private static void row(StringBuilder table, long begin, RandomTransfers transfers, GenkanBox box)
            throws Exception {
        JsonNode status = box.status();
        Path process = Path.of("/proc", Long.toString(box.pid()));
        String row = String.format(
                Locale.ROOT,
                "| %d s | %s | %d MiB | %d | %d | %d | %d |%n",
                (System.nanoTime() - begin) / 1_000_000_000L,
                Arrays.stream(Outcome.values())
                        .map(outcome -> Long.toString(transfers.count(outcome)))
                        .collect(Collectors.joining(" | ")),
                residentKibibytes(process) / 1024,
                entries(process.resolve("fd")),
                entries(process.resolve("task")),
                status.path("flows").path("live").asLong(),
                status.path("guard").path("flows").asLong());
        System.err.print("bench: " + row);
        table.append(row);
    }

    private static long residentKibibytes(Path process) throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS in " + process);
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        }
    }
}
