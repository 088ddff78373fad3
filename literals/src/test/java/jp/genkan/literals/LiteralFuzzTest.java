package jp.genkan.literals;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;

/** Any literals in any octets, whole and in two pieces: each engine finds what the slow search finds. */
class LiteralFuzzTest {
    private static final LiteralCompiler BEST = LiteralCompiler.open(null);
    private static final LiteralCompiler JAVA = LiteralCompiler.inJava();

    @FuzzTest
    void enginesAgree(FuzzedDataProvider data) {
        List<Literal> literals = new ArrayList<>();
        int count = data.consumeInt(0, 8);
        for (int i = 0; i < count; i++) {
            byte[] octets = data.consumeBytes(data.consumeInt(1, 12));
            if (octets.length > 0) {
                literals.add(new Literal(octets, data.consumeBoolean()));
            }
        }
        int cut = data.consumeInt(0, 200);
        byte[] text = data.consumeRemainingAsBytes();
        LiteralHits hits = new LiteralHits();
        try (LiteralScanner scanner = new LiteralScanner()) {
            for (LiteralCompiler compiler : List.of(BEST, JAVA)) {
                LiteralDatabase database = compiler.compile(literals, Mode.STREAM);
                scanner.scan(database, text, 0, text.length, hits);
                for (int id = 0; id < literals.size(); id++) {
                    assertThat(hits.contains(id))
                            .isEqualTo(!Literals.ends(literals.get(id), text).isEmpty());
                }
                int middle = Math.min(cut, text.length);
                long stream = scanner.openStream(database);
                scanner.scanStream(database, stream, text, 0, middle, hits);
                scanner.scanStream(database, stream, text, middle, text.length, hits);
                for (int id = 0; id < literals.size(); id++) {
                    List<Integer> ends = Literals.ends(literals.get(id), text);
                    assertThat(hits.contains(id)).isEqualTo(!ends.isEmpty() && ends.getLast() > middle);
                }
                scanner.closeStream(database, stream);
            }
        }
    }
}
