package jp.genkan.av.scan;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import jp.genkan.av.content.Content;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.av.unpack.Unpackers;

/**
 * Antivirus beside {@code yara} and {@code clamscan} with the same signatures on the same files, in turn: the program behind {@code tools/av-bench.sh}, which makes
 * the files. What counts is the processor time of the scanning thread, and of the others' processes less that of a run over one small file, in which they load.
 *
 * <p>Arguments: rounds, a folder of lists of files, a folder to work in, folders with YARA rules, a folder with ClamAV signatures.
 */
public final class AntivirusComparison {
    private static final int HASHES = 1_000_000;

    private final int rounds;
    private final List<Path> lists;
    private final Path work;

    private AntivirusComparison(int rounds, List<Path> lists, Path work) {
        this.rounds = rounds;
        this.lists = lists;
        this.work = work;
    }

    /** Measures, and writes a table. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Path> lists;
        try (Stream<Path> found = Files.list(Path.of(arguments[1]))) {
            lists = found.sorted().toList();
        }
        Path work = Path.of(arguments[2]);
        AntivirusComparison bench = new AntivirusComparison(Integer.parseInt(arguments[0]), lists, work);
        List<Path> rules =
                Arrays.stream(arguments[3].split(",", -1)).map(Path::of).toList();
        Path clam = Path.of(arguments[4]);
        Path compiled = compile(rules, work);
        bench.compare("YARA rules", rules, List.of("yara", "-w", "-C", compiled.toString(), "-p", "1", "--scan-list"));
        bench.compare("ClamAV patterns", List.of(clam), clamscan(clam));
        Path hashes = hashes(work);
        bench.compare("a million hashes", List.of(hashes), clamscan(hashes));
    }

    private static List<String> clamscan(Path signatures) {
        return List.of(
                "clamscan",
                "-i",
                "--no-summary",
                "--max-filesize=100M",
                "--max-scansize=400M",
                "-d",
                signatures.toString(),
                "-f");
    }

    /** All rule files as one, each in a namespace of its own. */
    private static Path compile(List<Path> folders, Path work) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("yarac", "-w"));
        for (String name : List.of("filename", "filepath", "extension", "filetype", "owner")) {
            command.addAll(List.of("-d", name + "="));
        }
        int number = 0;
        for (Path file : SignatureLoader.files(folders)) {
            command.add("f" + number++ + ":" + file);
        }
        Path compiled = work.resolve("rules");
        command.add(compiled.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("yarac.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("yarac failed, see " + work.resolve("yarac.log"));
        }
        return compiled;
    }

    private static Path hashes(Path work) throws IOException {
        Path file = work.resolve("hashes.hsb");
        SplittableRandom random = new SplittableRandom(1);
        byte[] hash = new byte[32];
        try (var out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < HASHES; i++) {
                random.nextBytes(hash);
                out.write(HexFormat.of().formatHex(hash) + ":" + random.nextInt(1, 1 << 20) + ":Made-" + i + "\n");
            }
        }
        return file;
    }

    private void compare(String what, List<Path> signatures, List<String> other)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        SignatureLoader loader = new SignatureLoader(null, HeuristicPolicy.defaults());
        ScanSet set = loader.load(SignatureLoader.files(signatures), false);
        double seconds = (System.nanoTime() - begun) / 1e9;
        say(String.format(Locale.ROOT, "%s: %d signatures, loaded in %.1f s", what, set.count(), seconds));
        Path small = Files.writeString(work.resolve("small"), "nothing");
        Path one = Files.writeString(work.resolve("one"), small + "\n");
        try (FileScanner scanner = new FileScanner(set, Unpackers.all(), ScanLimits.DEFAULT)) {
            for (Path list : lists) {
                double[] ours = new double[rounds];
                double[] theirs = new double[rounds];
                double megabytes = 0;
                for (int round = -1; round < rounds; round++) {
                    double[] scanned = scan(scanner, list, round);
                    double rate = scanned[0] / scanned[1];
                    megabytes = scanned[0];
                    if (round >= 0) { // before it the JVM compiles
                        ours[round] = rate;
                        theirs[round] = megabytes / Math.max(1e-3, seconds(other, list) - seconds(other, one));
                    }
                }
                Arrays.sort(ours);
                Arrays.sort(theirs);
                say(String.format(
                        Locale.ROOT,
                        "  %s, %.0f MB: %.0f (%.0f-%.0f) MB/s, %s %.0f (%.0f-%.0f) MB/s, %.1fx",
                        list.getFileName(),
                        megabytes,
                        ours[rounds / 2],
                        ours[0],
                        ours[rounds - 1],
                        other.getFirst(),
                        theirs[rounds / 2],
                        theirs[0],
                        theirs[rounds - 1],
                        ours[rounds / 2] / theirs[rounds / 2]));
            }
        }
    }

    /** Megabytes and seconds; names differ from round to round, so that no result is remembered. */
    private static double[] scan(FileScanner scanner, Path list, int round) throws IOException {
        long octets = 0;
        long nanos = 0;
        for (String name : Files.readAllLines(list)) {
            byte[] file = Files.readAllBytes(Path.of(name));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment copy = arena.allocate(Math.max(1, file.length)).asSlice(0, file.length);
                MemorySegment.copy(file, 0, copy, ValueLayout.JAVA_BYTE, 0, file.length);
                long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                scanner.scan(
                        new Content(copy),
                        round + Path.of(name).getFileName().toString(),
                        List.of(),
                        List.of(),
                        List.of());
                nanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
            }
            octets += file.length;
        }
        return new double[] {octets / 1e6, nanos / 1e9};
    }

    /** Processor time of a command over a list of files. */
    private double seconds(List<String> command, Path list) throws IOException, InterruptedException {
        List<String> timed =
                new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null 2>&1", "bash"));
        timed.addAll(command);
        timed.add(list.toString());
        Process process = new ProcessBuilder(timed).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        process.waitFor();
        String[] both = told.split(" ", -1);
        return Double.parseDouble(both[0]) + Double.parseDouble(both[1]);
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
