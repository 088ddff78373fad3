package jp.genkan.literals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndsTest {
    private static final List<LiteralCompiler> ENGINES = List.of(LiteralCompiler.open(null), LiteralCompiler.inJava());

    private static Literal literal(String text) {
        return new Literal(text.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    private static List<String> ends(LiteralCompiler engine, List<Literal> literals, byte[] octets) {
        LiteralDatabase database = engine.compile(literals, Mode.ENDS);
        List<String> found = new ArrayList<>();
        try (Arena arena = Arena.ofConfined();
                LiteralScanner scanner = new LiteralScanner()) {
            MemorySegment segment = arena.allocate(octets.length + 1L).asSlice(0, octets.length);
            segment.copyFrom(MemorySegment.ofArray(octets));
            scanner.scanEnds(database, segment, 0, octets.length, (id, end) -> found.add(id + "@" + end));
        }
        return found;
    }

    @Test
    void everyEndIsToldOnceAcrossWindows() {
        long seed = 20_261_126;
        Random random = new Random(seed);
        byte[] octets = new byte[300_000];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) "abcdefgh".charAt(random.nextInt(8));
        }
        List<Literal> literals = List.of(literal("abcde"), literal("hgfe"), literal("cde"), literal("aaaaaa"));
        List<String> right = new ArrayList<>();
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        for (int id = 0; id < literals.size(); id++) {
            String one = new String(literals.get(id).octets(), StandardCharsets.ISO_8859_1);
            for (int at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1)) {
                right.add(id + "@" + (at + one.length()));
            }
        }
        for (LiteralCompiler engine : ENGINES) {
            assertThat(ends(engine, literals, octets))
                    .as("%s, seed %d", engine.describe(), seed)
                    .containsExactlyInAnyOrderElementsOf(right);
        }
    }

    @Test
    void aFloodIsToldWholeInSmallerWindows() {
        byte[] octets = "a".repeat(200_000).getBytes(StandardCharsets.ISO_8859_1);
        List<Literal> literals = List.of(literal("aa"), literal("aaa"), literal("aaaa"));
        for (LiteralCompiler engine : ENGINES) {
            assertThat(ends(engine, literals, octets)).doesNotHaveDuplicates().hasSize(199_999 + 199_998 + 199_997);
        }
    }

    @Test
    void otherScansOfSuchADatabaseAreRefused() {
        for (LiteralCompiler engine : ENGINES) {
            LiteralDatabase database = engine.compile(List.of(literal("ab")), Mode.ENDS);
            try (LiteralScanner scanner = new LiteralScanner()) {
                assertThatThrownBy(() -> scanner.scan(database, new byte[4], 0, 4, new LiteralHits()))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> scanner.openStream(database)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
