package jp.genkan.av.yara;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.pattern.PatternSetBuilder;

class YaraFuzzTest {
    @FuzzTest
    void readsWhateverARuleFileSays(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        new YaraCompiler(new PatternSetBuilder()).add("fuzz.yar", text);
    }

    @FuzzTest
    void readsWhateverARegularExpressionSays(byte[] octets) {
        String regex = new String(octets, StandardCharsets.ISO_8859_1).replace("/", "\\/");
        new YaraCompiler(new PatternSetBuilder())
                .add("fuzz.yar", "rule r { strings: $a = /" + regex + "/ condition: $a }");
    }

    @FuzzTest
    void readsWhateverAConditionSays(byte[] octets) {
        String condition = new String(octets, StandardCharsets.ISO_8859_1);
        new YaraCompiler(new PatternSetBuilder())
                .add("fuzz.yar", "rule r { strings: $a = \"abcd\" $b = { 41 42 ?? 43 } condition: " + condition + " }");
    }
}
