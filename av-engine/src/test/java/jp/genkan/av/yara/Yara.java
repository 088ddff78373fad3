package jp.genkan.av.yara;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import jp.genkan.av.content.Content;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.pattern.PatternSignatures;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.literals.LiteralCompiler;

/** Compiles rules and matches them, for the tests. */
final class Yara {
    private static final LiteralCompiler LITERALS = LiteralCompiler.open(null);

    private Yara() {}

    static Content content(byte[] octets) {
        MemorySegment segment = Arena.ofAuto().allocate(octets.length + 1L).asSlice(0, octets.length);
        MemorySegment.copy(octets, 0, segment, ValueLayout.JAVA_BYTE, 0, octets.length);
        return new Content(segment);
    }

    static Content content(String latin) {
        return content(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    static FileFacts facts(String name) {
        return new FileFacts(name, null, List.of(), List.of(), List.of(), System.nanoTime() + 60_000_000_000L);
    }

    /** The rules of a text that match, in the order of their names. */
    static List<String> matching(String rules, Content content, FileFacts facts) {
        PatternSetBuilder patterns = new PatternSetBuilder();
        YaraCompiler compiler = new YaraCompiler(patterns);
        assertThat(compiler.add("test.yar", rules)).isEmpty();
        compiler.plan();
        PatternSet set = patterns.build(LITERALS);
        TreeSet<String> found = new TreeSet<>();
        try (SignatureMatcher matcher = new PatternSignatures(set, List.of(compiler.build(set))).matcher()) {
            matcher.match(content, facts, detection -> found.add(detection.signature()));
        }
        return List.copyOf(found);
    }

    /** Whether a rule of these strings and this condition matches. */
    static boolean matches(String strings, String condition, String latin) {
        String body = strings.isEmpty() ? "" : " strings: " + strings;
        return !matching("rule r {" + body + " condition: " + condition + " }", content(latin), facts("a.exe"))
                .isEmpty();
    }

    /** The first problem of a text; empty when there is none. */
    static String problem(String rules) {
        List<YaraCompiler.Problem> problems = new YaraCompiler(new PatternSetBuilder()).add("test.yar", rules);
        return problems.isEmpty() ? "" : problems.getFirst().toString();
    }
}
