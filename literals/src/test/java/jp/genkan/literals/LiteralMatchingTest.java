package jp.genkan.literals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both engines against the obvious way: random literals and texts under a seed, whole and in pieces, with floods. */
public class LiteralMatchingTest {
    private static final int ROUNDS = 150;

    /** The engines under test. */
    public enum Engine {
        HYPERSCAN,
        JAVA;

        LiteralCompiler compiler() {
            LiteralCompiler compiler = this == JAVA ? LiteralCompiler.inJava() : LiteralCompiler.open(null);
            assumeThat(this == JAVA || compiler.isNative())
                    .as(compiler.describe())
                    .isTrue();
            return compiler;
        }
    }

    private static long seed() {
        long seed = Long.getLong("genkan.seed", new Random().nextLong());
        System.out.println("seed: -Dgenkan.seed=" + seed);
        return seed;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void findsInWholeBuffersWhatIsThereAndNothingElse(Engine engine) {
        LiteralCompiler compiler = engine.compiler();
        Random random = new Random(seed());
        try (LiteralScanner scanner = new LiteralScanner();
                Arena arena = Arena.ofConfined()) {
            LiteralHits hits = new LiteralHits();
            for (int round = 0; round < ROUNDS; round++) {
                int alphabet = 1 + random.nextInt(16);
                List<Literal> literals = Literals.random(random, 1 + random.nextInt(200), 12, alphabet);
                LiteralDatabase database = compiler.compile(literals, Mode.BLOCK);
                byte[] text = Literals.random(random, random.nextInt(600), alphabet);
                int from = random.nextInt(text.length + 1);
                byte[] looked = Arrays.copyOfRange(text, from, text.length);
                TreeMap<Integer, List<Integer>> expected = new TreeMap<>();
                for (int id = 0; id < literals.size(); id++) {
                    List<Integer> ends = Literals.ends(literals.get(id), looked);
                    if (!ends.isEmpty()) {
                        expected.put(id, List.of(ends.getFirst(), ends.getFirst()));
                    }
                }
                scanner.scan(database, text, from, text.length, hits);
                assertThat(told(hits)).isEqualTo(expected);
                MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
                scanner.scan(database, segment, from, text.length - from, hits);
                assertThat(told(hits)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void findsInStreamsWhateverTheCuts(Engine engine) {
        LiteralCompiler compiler = engine.compiler();
        Random random = new Random(seed());
        try (LiteralScanner scanner = new LiteralScanner()) {
            for (int round = 0; round < ROUNDS; round++) {
                int alphabet = 1 + random.nextInt(16);
                List<Literal> literals =
                        Literals.random(random, 1 + random.nextInt(100), 1 + random.nextInt(60), alphabet);
                LiteralDatabase database = compiler.compile(literals, Mode.STREAM);
                byte[] text = Literals.random(random, random.nextInt(3_000), alphabet);
                long stream = scanner.openStream(database);
                compareStream(scanner, database, literals, stream, text, 0, random);
                scanner.closeStream(database, stream);
                int begin = random.nextInt(text.length + 1);
                long late = scanner.openStream(database, text, 0, begin);
                compareStream(scanner, database, literals, late, text, begin, random);
                scanner.closeStream(database, late);
            }
            assertThat(scanner.streamsOpen()).isZero();
        }
    }

    private static void compareStream(
            LiteralScanner scanner,
            LiteralDatabase database,
            List<Literal> literals,
            long stream,
            byte[] text,
            int begin,
            Random random) {
        List<List<Integer>> ends = new ArrayList<>();
        for (Literal literal : literals) {
            ends.add(Literals.ends(literal, text));
        }
        LiteralHits hits = new LiteralHits();
        int pieceMax = 1 + random.nextInt(1_000);
        int to;
        for (int from = begin; from < text.length; from = to) {
            to = Math.min(text.length, from + random.nextInt(pieceMax + 1));
            scanner.scanStream(database, stream, text, from, to, hits);
            int found = 0;
            for (int id = 0; id < literals.size(); id++) {
                int start = from;
                int limit = to;
                List<Integer> here = ends.get(id).stream()
                        .filter(end -> end > start && end <= limit)
                        .toList();
                assertThat(hits.contains(id))
                        .as("%s in %d to %d", literals.get(id), from, to)
                        .isEqualTo(!here.isEmpty());
                found += here.isEmpty() ? 0 : 1;
            }
            assertThat(hits.count()).isEqualTo(found);
            for (int i = 0; i < hits.count(); i++) {
                int start = from;
                int limit = to;
                List<Integer> here = ends.get(hits.id(i)).stream()
                        .filter(end -> end > start && end <= limit)
                        .map(end -> end - start)
                        .toList();
                assertThat(hits.firstEnd(i)).isEqualTo(here.getFirst());
                if (hits.lastEnd(i) != to - from) { // what is told in a flood
                    assertThat(hits.lastEnd(i)).isEqualTo(here.getLast());
                }
            }
        }
    }

    /** Id → first and last end. */
    private static Map<Integer, List<Integer>> told(LiteralHits hits) {
        TreeMap<Integer, List<Integer>> told = new TreeMap<>();
        for (int i = 0; i < hits.count(); i++) {
            told.put(hits.id(i), List.of(hits.firstEnd(i), hits.lastEnd(i)));
        }
        assertThat(told).hasSize(hits.count());
        return told;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void findsAcrossItsOwnWindows(Engine engine) {
        LiteralCompiler compiler = engine.compiler();
        Literal literal = Literals.caseless("needle-in-a-haystack");
        try (LiteralScanner scanner = new LiteralScanner();
                Arena arena = Arena.ofConfined()) {
            LiteralHits hits = new LiteralHits();
            for (Mode mode : List.of(Mode.BLOCK, Mode.STREAM)) {
                LiteralDatabase database = compiler.compile(List.of(literal, Literals.exact("absent")), mode);
                for (int at = NativeScan.WINDOW - 30; at < NativeScan.WINDOW + 30; at++) {
                    byte[] text = new byte[3 * NativeScan.WINDOW];
                    System.arraycopy(Literals.octets("NEEDLE-IN-A-HAYSTACK"), 0, text, at, literal.length());
                    scanner.scan(database, text, 0, text.length, hits);
                    assertThat(told(hits)).isEqualTo(Map.of(0, List.of(at + 20, at + 20)));
                    if (mode == Mode.STREAM) {
                        long stream = scanner.openStream(database);
                        MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
                        scanner.scanStream(database, stream, segment, 0, text.length, hits);
                        assertThat(told(hits)).isEqualTo(Map.of(0, List.of(at + 20, at + 20)));
                        scanner.closeStream(database, stream);
                    }
                }
            }
        }
    }
}
