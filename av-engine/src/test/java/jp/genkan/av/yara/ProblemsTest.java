package jp.genkan.av.yara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.av.pattern.PatternSetBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rule r { condition: $a } | 1:21: undefined string \"$a\"",
                "rule r { strings: $a = \"x\" condition: true } | 1:19: unreferenced string \"$a\"",
                "rule r { strings: $a = \"\" condition: $a } | 1:24: empty string",
                "rule r { strings: $a = { 4 } condition: $a } | 1:24: invalid hex string: half an octet",
                "rule r { strings: $a = /a**/ condition: $a } | 1:24: invalid regular expression: nothing to repeat before '*'",
                "rule r { strings: $a = \"x\" xor nocase condition: $a } | 1:32: invalid modifier combination: xor nocase",
                "rule r { condition: nothing.here } | 1:21: undefined identifier \"nothing\"",
                "import \"none\" | 1:8: unknown module \"none\"",
                "rule r { condition: 1 == \"a\" } | 1:26: wrong types: integer and text",
                "rule r { condition: true | 1:25: \"}\" is expected, not end of file",
                "rule all { condition: true } | 1:6: the name of a rule is expected, not \"all\""
            })
    void areToldWithTheirPlace(String rules, String problem) {
        assertThat(Yara.problem(rules)).isEqualTo("test.yar:" + problem.strip());
    }

    @Test
    void nestingIsBounded() {
        String deep = "(".repeat(100_000) + "true" + ")".repeat(100_000);
        assertThat(Yara.problem("rule r { condition: " + deep + " }")).contains("nested too deep");
        assertThat(Yara.problem("rule r { condition: " + "not ".repeat(100_000) + "true }"))
                .contains("nested too deep");
        assertThat(Yara.problem("rule r { condition: 1" + "+1".repeat(100_000) + " == 1 }"))
                .contains("in a row");
        assertThat(Yara.problem("rule r { strings: $a = /" + "(".repeat(100_000) + "/ condition: $a }"))
                .contains("nested too deep");
        assertThat(Yara.problem("rule r { strings: $a = /((a{1000}){1000}){1000}/ condition: $a }"))
                .contains("too large");
        assertThat(Yara.problem("rule r { strings: $a = /abcd(((){30000}){30000}){30000}/ condition: $a }"))
                .isEmpty();
    }

    @Test
    void aFileThatIsWrongLeavesTheOthers(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.yar"), "include \"inner.yar\" rule r { condition: i }");
        Files.writeString(folder.resolve("inner.yar"), "rule i { condition: true }");
        Path bad = Files.writeString(
                folder.resolve("bad.yar"), "rule a { strings: $a = \"abcdef\" condition: $a }\nrule b { }");
        PatternSetBuilder patterns = new PatternSetBuilder();
        YaraCompiler compiler = new YaraCompiler(patterns);
        assertThat(compiler.add(bad))
                .extracting(YaraCompiler.Problem::line, YaraCompiler.Problem::column)
                .containsExactly(tuple(2, 10));
        assertThat(patterns.size()).isZero();
        assertThat(compiler.add(good)).isEqualTo(List.of());
        assertThat(compiler.count()).isEqualTo(2);
    }

    @Test
    void anIncludeOfItselfEnds(@TempDir Path folder) throws IOException {
        Path loop = Files.writeString(folder.resolve("loop.yar"), "include \"loop.yar\"");
        assertThat(new YaraCompiler(new PatternSetBuilder())
                        .add(loop)
                        .getFirst()
                        .message())
                .contains("nested too deep");
    }
}
