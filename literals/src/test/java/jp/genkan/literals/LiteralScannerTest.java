package jp.genkan.literals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a scanner does at the edges, with either engine. */
class LiteralScannerTest {
    private final LiteralHits hits = new LiteralHits();

    private static byte[] zeros(int length) {
        return new byte[length];
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void noLiteralsAreFoundNowhere(LiteralMatchingTest.Engine engine) {
        LiteralDatabase database = engine.compiler().compile(List.of(), Mode.STREAM);
        try (LiteralScanner scanner = new LiteralScanner()) {
            scanner.scan(database, zeros(10), 0, 10, hits);
            assertThat(hits.count()).isZero();
            long stream = scanner.openStream(database);
            scanner.scanStream(database, stream, zeros(10), 0, 10, hits);
            assertThat(hits.count()).isZero();
            scanner.closeStream(database, stream);
        }
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void noOctetsContainNothingAndForgetWhatWasFoundBefore(LiteralMatchingTest.Engine engine) {
        LiteralDatabase database = engine.compiler().compile(List.of(Literals.exact("\0")), Mode.STREAM);
        try (LiteralScanner scanner = new LiteralScanner()) {
            scanner.scan(database, zeros(5), 0, 5, hits);
            assertThat(hits.count()).isOne();
            scanner.scan(database, zeros(5), 3, 3, hits);
            assertThat(hits.count()).isZero();
            long stream = scanner.openStream(database);
            scanner.scanStream(database, stream, zeros(5), 5, 5, hits);
            assertThat(hits.count()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void everyOctetMayStandInALiteral(LiteralMatchingTest.Engine engine) {
        List<Literal> literals = new ArrayList<>();
        byte[] text = new byte[256 * 3];
        for (int value = 0; value < 256; value++) {
            byte[] octets = {(byte) value, 0, (byte) value};
            literals.add(new Literal(octets, value % 2 == 0));
            System.arraycopy(octets, 0, text, value * 3, 3);
        }
        LiteralDatabase database = engine.compiler().compile(literals, Mode.BLOCK);
        try (LiteralScanner scanner = new LiteralScanner()) {
            scanner.scan(database, text, 0, text.length, hits);
            assertThat(hits.count()).isEqualTo(256);
        }
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void aLiteralAcrossPiecesIsFoundInAFloodToo(LiteralMatchingTest.Engine engine) {
        List<Literal> literals = new ArrayList<>();
        for (int length = 1; length <= 40; length++) {
            literals.add(new Literal(zeros(length), false));
        }
        byte[] longest = zeros(255);
        longest[254] = 1;
        literals.add(new Literal(longest, false));
        LiteralDatabase database = engine.compiler().compile(literals, Mode.STREAM);
        try (LiteralScanner scanner = new LiteralScanner()) {
            long stream = scanner.openStream(database);
            for (int round = 0; round < 4; round++) {
                scanner.scanStream(database, stream, zeros(70_000), 0, 70_000, hits);
                assertThat(hits.count()).isEqualTo(40);
                assertThat(hits.contains(40)).isFalse();
            }
            scanner.scanStream(database, stream, new byte[] {0, 1}, 0, 2, hits);
            assertThat(hits.contains(39)).isTrue();
            assertThat(hits.contains(40))
                    .as("255 octets, most of them of the flood before")
                    .isTrue();
        }
    }

    @Test
    void aFloodIsToldBySomeHundredMatches() throws Exception {
        LiteralMatchingTest.Engine.HYPERSCAN.compiler();
        List<Literal> literals = List.of(new Literal(zeros(1), false), new Literal(zeros(4), false));
        LiteralDatabase database = LiteralCompiler.open(null).compile(literals, Mode.STREAM);
        Source source = new Source();
        source.is(zeros(60_000), 0, 60_000);
        hits.begin(2);
        try (NativeScan scan = new NativeScan()) {
            NativeDatabase compiled = (NativeDatabase) database;
            long stream = scan.openStream(compiled, source, 0);
            long position = scan.stream(compiled, stream, 0, source, 60_000, hits);
            assertThat(position)
                    .as("the stream began anew, with the octets that a literal may begin in")
                    .isEqualTo(3);
            assertThat(scan.repeats()).isLessThan(10);
            NativeHyperscan.closeStream(stream);
        }
        assertThat(hits.count()).isEqualTo(2);
        assertThat(hits.lastEnd(0)).isEqualTo(60_000);
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void aStreamThatFoundNoRoomIsScannedPieceByPiece(LiteralMatchingTest.Engine engine) {
        LiteralDatabase database = engine.compiler().compile(List.of(Literals.exact("abcd")), Mode.STREAM);
        try (LiteralScanner scanner = new LiteralScanner(2)) {
            long first = scanner.openStream(database);
            scanner.openStream(database);
            assertThat(scanner.openStream(database)).isEqualTo(LiteralScanner.NO_STREAM);
            byte[] text = Literals.octets("abcd");
            scanner.scanStream(database, LiteralScanner.NO_STREAM, text, 0, 4, hits);
            assertThat(hits.count()).isOne();
            scanner.closeStream(database, LiteralScanner.NO_STREAM);
            scanner.closeStream(database, first);
            assertThat(scanner.openStream(database)).isNotEqualTo(LiteralScanner.NO_STREAM);
        }
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void aClosedStreamsHandleIsRefusedThoughItsRowIsUsedAgain(LiteralMatchingTest.Engine engine) {
        LiteralCompiler compiler = engine.compiler();
        LiteralDatabase database = compiler.compile(List.of(Literals.exact("a")), Mode.STREAM);
        try (LiteralScanner scanner = new LiteralScanner()) {
            long closed = scanner.openStream(database);
            scanner.closeStream(database, closed);
            long stream = scanner.openStream(database);
            assertThatThrownBy(() -> scanner.scanStream(database, closed, zeros(1), 0, 1, hits))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> scanner.closeStream(database, closed))
                    .isInstanceOf(IllegalArgumentException.class);
            LiteralDatabase other = compiler.compile(List.of(Literals.exact("a")), Mode.STREAM);
            assertThatThrownBy(() -> scanner.scanStream(other, stream, zeros(1), 0, 1, hits))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void aClosedScannerScansNoMore(LiteralMatchingTest.Engine engine) {
        LiteralDatabase database = engine.compiler().compile(List.of(Literals.exact("a")), Mode.STREAM);
        LiteralScanner scanner = new LiteralScanner();
        scanner.openStream(database);
        scanner.scan(database, zeros(3), 0, 3, hits);
        scanner.close();
        scanner.close();
        assertThat(scanner.streamsOpen()).isZero();
        assertThatThrownBy(() -> scanner.scan(database, zeros(3), 0, 3, hits))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> scanner.openStream(database)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void anOpenStreamKeepsItsDatabase(LiteralMatchingTest.Engine engine) {
        LiteralCompiler compiler = engine.compiler();
        Literal literal = Literals.exact("replaced");
        try (LiteralScanner scanner = new LiteralScanner()) {
            LiteralDatabase old = compiler.compile(List.of(literal), Mode.STREAM);
            long stream = scanner.openStream(old);
            for (int i = 0; i < 50; i++) {
                LiteralDatabase next = compiler.compile(List.of(literal, Literals.exact("n" + i)), Mode.STREAM);
                scanner.scan(next, Literals.octets("replaced"), 0, 8, hits);
                assertThat(hits.count()).isOne();
                System.gc();
                scanner.scanStream(old, stream, Literals.octets("replaced"), 0, 4, hits);
                assertThat(hits.count()).isZero();
                scanner.scanStream(old, stream, Literals.octets("replaced"), 4, 8, hits);
                assertThat(hits.count()).isOne();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LiteralMatchingTest.Engine.class)
    void scanningAllocatesNothing(LiteralMatchingTest.Engine engine) {
        LiteralCompiler compiler = engine.compiler();
        Random random = new Random(5);
        List<Literal> literals = Literals.random(random, 500, 5, 16);
        LiteralDatabase block = compiler.compile(literals, Mode.BLOCK);
        LiteralDatabase streaming = compiler.compile(literals, Mode.STREAM);
        byte[] text = Literals.random(random, 1_460, 16);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        try (LiteralScanner scanner = new LiteralScanner()) {
            long stream = scanner.openStream(streaming);
            long allocated = 0;
            // Calls into native code allocate as long as they are interpreted.
            for (int round = 0; round < 40 && (round == 0 || allocated > 1_000); round++) {
                long before = threads.getThreadAllocatedBytes(thread);
                for (int i = 0; i < 1_000; i++) {
                    scanner.scan(block, text, 0, text.length, hits);
                    scanner.scanStream(streaming, stream, text, 0, text.length, hits);
                }
                allocated = threads.getThreadAllocatedBytes(thread) - before;
            }
            assertThat(allocated).as("octets in 2,000 scans").isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void theAutomatonHoldsTenThousandLiteralsInFewMegabytes() {
        Random random = new Random(7);
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] octets = new byte[8 + random.nextInt(23)];
            random.nextBytes(octets);
            literals.add(new Literal(octets, i % 2 == 0));
        }
        LiteralDatabase database = LiteralCompiler.inJava().compile(literals, Mode.STREAM);
        assertThat(database.memoryBytes()).isLessThan(8L << 20);
        byte[] last = literals.getLast().octets();
        try (LiteralScanner scanner = new LiteralScanner()) {
            scanner.scan(database, last, 0, last.length, hits);
        }
        assertThat(hits.contains(9_999)).isTrue();
    }

    @Test
    void literalsOfNoOrTooManyOctetsAreRefused() {
        assertThatThrownBy(() -> new Literal(zeros(0), false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Literal(zeros(256), false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLiteralKeepsItsOctetsWhateverHappensToTheArray() {
        byte[] octets = {1, 2};
        Literal literal = new Literal(octets, false);
        octets[0] = 9;
        literal.octets()[1] = 9;
        assertThat(literal).isEqualTo(new Literal(new byte[] {1, 2}, false));
        assertThat(Arrays.asList(literal.toString(), Literals.caseless("aB|").toString()))
                .containsExactly("\"|01||02|\"", "\"aB|7c|\" nocase");
    }
}
