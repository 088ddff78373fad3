package jp.genkan.testbed.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.genkan.appliance.replay.Replay;
import jp.genkan.appliance.replay.ReplayJob;
import jp.genkan.appliance.replay.ReplayResult;
import org.jspecify.annotations.Nullable;

/**
 * How fast the conversations of a capture are read, by the pipeline of a replay in one thread, with the hashes of files and without them.
 *
 * <p>Thread rule: one thread.
 */
final class ReplayBench {
    static final String USAGE = """
            usage: bench --what replay [--mix http,tls,dns,all] [--size MEGABYTES] [--rounds N] [--hashes on,off] [--out FILE]
            """;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final Options options;

    private ReplayBench(Path folder, Options options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * What is asked for.
     *
     * @param mixes what the captures hold
     * @param megabytes of each capture
     * @param rounds after one to warm up
     * @param hashes "on", "off" or both
     * @param out file for the table, or null for standard output
     */
    record Options(
            List<MixCapture.Kind> mixes,
            long megabytes,
            int rounds,
            List<String> hashes,
            @Nullable Path out) {
        static Options parse(String[] arguments) {
            List<MixCapture.Kind> mixes = List.of(MixCapture.Kind.values());
            long megabytes = 1_000;
            int rounds = 5;
            List<String> hashes = List.of("off", "on");
            Path out = null;
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException("no value after " + arguments[i]);
                }
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--what" -> {}
                    case "--mix" ->
                        mixes = list(value).stream().map(MixCapture.Kind::named).toList();
                    case "--size" -> megabytes = Long.parseLong(value);
                    case "--rounds" -> rounds = Integer.parseInt(value);
                    case "--hashes" -> hashes = list(value);
                    case "--out" -> out = Path.of(value);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            return new Options(mixes, megabytes, rounds, hashes, out);
        }

        private static List<String> list(String value) {
            return Arrays.asList(value.split(",", -1));
        }
    }

    /** Measures what the arguments ask for; returns a Markdown table. */
    static String run(Options options) throws IOException {
        Path folder = Files.createTempDirectory("genkan-replay-bench");
        try {
            return new ReplayBench(folder, options).measureAll();
        } finally {
            delete(folder);
        }
    }

    private String measureAll() throws IOException {
        StringBuilder report = new StringBuilder("""
                | mix | hashes | MB/s of processor time | lowest–highest | MB/s by the clock | µs a transaction | events |
                | --- | --- | ---: | ---: | ---: | ---: | ---: |
                """);
        for (MixCapture.Kind mix : options.mixes()) {
            Path capture = folder.resolve(mix.title() + ".pcap");
            MixCapture.write(mix, options.megabytes() * 1_000_000, capture);
            for (String hashes : options.hashes()) {
                report.append(measure(mix, capture, hashes));
            }
            Files.delete(capture);
        }
        return report.toString();
    }

    private String measure(MixCapture.Kind mix, Path capture, String hashes) throws IOException {
        List<Double> ofProcessor = new ArrayList<>();
        List<Double> byClock = new ArrayList<>();
        double megabytes = Files.size(capture) / 1e6;
        for (int round = 0; round <= options.rounds(); round++) {
            long processorBefore = THREADS.getCurrentThreadCpuTime();
            long before = System.nanoTime();
            replay(capture, hashes);
            double clock = (System.nanoTime() - before) / 1e9;
            double processor = (THREADS.getCurrentThreadCpuTime() - processorBefore) / 1e9;
            System.err.printf(
                    "%s, hashes %s, round %d: %.0f MB/s of processor time, %.0f MB/s by the clock%n",
                    mix.title(), hashes, round, megabytes / processor, megabytes / clock);
            if (round > 0) { // the first one is the compiler's
                ofProcessor.add(processor);
                byClock.add(clock);
            }
        }
        ofProcessor.sort(Comparator.naturalOrder());
        byClock.sort(Comparator.naturalOrder());
        double median = ofProcessor.get(ofProcessor.size() / 2);
        return String.format(
                "| %s | %s | **%.0f** | %.0f–%.0f | %.0f | %s | %d |%n",
                mix.title(),
                hashes,
                megabytes / median,
                megabytes / ofProcessor.getLast(),
                megabytes / ofProcessor.getFirst(),
                megabytes / byClock.get(byClock.size() / 2),
                mix == MixCapture.Kind.DNS ? String.format("**%.2f**", median * 1e6 / transactions()) : "",
                events(""));
    }

    /** Every transaction of the mix of DNS is a flow of its own. */
    private long transactions() throws IOException {
        return events("\"event_type\":\"flow\"");
    }

    private void replay(Path capture, String hashes) throws IOException {
        String on = String.valueOf("on".equals(hashes));
        ReplayJob job = new ReplayJob(
                "bench",
                capture,
                folder.resolve("out"),
                List.of(),
                false,
                null,
                null,
                Map.of("files.md5", on, "files.sha1", on, "files.sha256", on),
                false,
                false,
                null,
                List.of());
        ReplayResult result = Replay.run(job, (frames, octets, inAll) -> {});
        if (result.exit() != ReplayResult.DONE) {
            throw new IOException("the replay failed: " + result.errors());
        }
    }

    private long events(String mark) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("out/eve.json"), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(mark)).count();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
