package jp.genkan.av.scan;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jp.genkan.av.content.Content;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.av.unpack.Unpackers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a small clean file of HTTP costs, each with a name of its own so that no result is remembered. Signatures besides those built in: {@code -Dsignatures=FOLDER,...}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SmallFileBenchmark {
    private static final List<String> HTTP = List.of("http");
    private static final int NAMES = 1 << 16;

    /** What the file is. */
    @Param({"noise", "page", "json", "picture"})
    @SuppressWarnings("NullAway.Init")
    public String kind;

    /** Its octets. */
    @Param({"300", "1000", "4000"})
    public int size;

    private final Arena arena = Arena.ofShared();
    private final String[] names = new String[NAMES];
    private final FileScanner scanner;
    private Content content = new Content(MemorySegment.NULL);
    private int at;

    public SmallFileBenchmark() {
        String given = System.getProperty("signatures", "");
        List<Path> places = given.isEmpty()
                ? List.of()
                : List.of(given.split(",", -1)).stream().map(Path::of).toList();
        try {
            ScanSet set =
                    new SignatureLoader(null, HeuristicPolicy.defaults()).load(SignatureLoader.files(places), true);
            scanner = new FileScanner(set, Unpackers.all(), ScanLimits.DEFAULT);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        for (int i = 0; i < NAMES; i++) {
            names[i] = "file" + i + ".bin";
        }
    }

    /** Makes the file. */
    @Setup
    public void make() {
        byte[] octets = new byte[size];
        SplittableRandom random = new SplittableRandom(7);
        if (kind.equals("noise") || kind.equals("picture")) {
            random.nextBytes(octets);
        }
        StringBuilder text = new StringBuilder(
                switch (kind) {
                    case "page" -> "<!DOCTYPE html><html><head><script>var a = 'abc';</script></head><body>";
                    case "json" -> "{\"all\":[";
                    case "picture" -> "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR";
                    default -> "";
                });
        while (text.length() < size && (kind.equals("page") || kind.equals("json"))) {
            text.append(kind.equals("page") ? "<p>so many as " : "{\"value\":").append(random.nextInt(1_000_000));
            text.append(kind.equals("page") ? ", said he.</p>\n" : "},\n");
        }
        byte[] head = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(head, 0, octets, 0, Math.min(size, head.length));
        MemorySegment copy = arena.allocate(size);
        MemorySegment.copy(octets, 0, copy, ValueLayout.JAVA_BYTE, 0, size);
        content = new Content(copy);
    }

    /** One scan. */
    @Benchmark
    public ScanResult scan() {
        at = at + 1 & NAMES - 1;
        return scanner.scan(new Content(content.octets()), names[at], HTTP, HTTP, List.of());
    }

    /** Gives its memory back. */
    @TearDown
    public void close() {
        scanner.close();
        arena.close();
    }
}
