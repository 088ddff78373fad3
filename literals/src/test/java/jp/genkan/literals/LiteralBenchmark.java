package jp.genkan.literals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a scan of one piece costs: 5,000 literals of 8 to 30 octets, text of the same words, random octets, and a flood. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class LiteralBenchmark {
    private static final int LITERALS = 5_000;
    private static final String[] PARTS = {
        "GET ",
        "/index",
        "admin",
        "Content-",
        "Type: ",
        "login",
        "User",
        "-Agent",
        "update",
        ".php",
        "?id=",
        "script",
        "cmd",
        "http://",
        "xml",
        "data"
    };

    @Param({"HYPERSCAN", "JAVA"})
    public LiteralMatchingTest.Engine engine = LiteralMatchingTest.Engine.JAVA;

    @Param({"words", "random", "zeros"})
    public String text = "words";

    @Param({"64", "1460", "65536"})
    public int length = 1_460;

    private final LiteralHits hits = new LiteralHits();
    private final LiteralScanner scanner = new LiteralScanner();
    private LiteralDatabase block = LiteralCompiler.inJava().compile(List.of(), Mode.BLOCK);
    private LiteralDatabase streaming = block;
    private byte[] octets = new byte[0];
    private long stream;

    @Setup(Level.Trial)
    public void setUp() {
        Random random = new Random(11);
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; i < LITERALS; i++) {
            String words = words(random, 8 + random.nextInt(23));
            literals.add(new Literal(Literals.octets(words), random.nextInt(10) < 4));
        }
        literals.add(new Literal(new byte[4], false));
        literals.add(new Literal(new byte[8], false));
        LiteralCompiler compiler = engine.compiler();
        block = compiler.compile(literals, Mode.BLOCK);
        streaming = compiler.compile(literals, Mode.STREAM);
        stream = scanner.openStream(streaming);
        octets = new byte[length];
        if (text.equals("words")) {
            octets = Literals.octets(words(random, length));
        } else if (text.equals("random")) {
            random.nextBytes(octets);
        }
        System.out.println("block " + block.memoryBytes() + ", stream " + streaming.memoryBytes() + ", each "
                + streaming.streamBytes() + " octets");
    }

    private static String words(Random random, int length) {
        StringBuilder words = new StringBuilder();
        while (words.length() < length) {
            words.append(PARTS[random.nextInt(PARTS.length)]);
            if (random.nextInt(3) == 0) {
                words.append((char) ('a' + random.nextInt(26)));
            }
        }
        return words.substring(0, length);
    }

    @TearDown(Level.Trial)
    public void tearDown() {
        scanner.close();
    }

    @Benchmark
    public int wholeBuffer() {
        scanner.scan(block, octets, 0, octets.length, hits);
        return hits.count();
    }

    @Benchmark
    public int pieceOfAStream() {
        scanner.scanStream(streaming, stream, octets, 0, octets.length, hits);
        return hits.count();
    }
}
