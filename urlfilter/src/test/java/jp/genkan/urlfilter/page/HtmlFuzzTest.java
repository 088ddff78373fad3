package jp.genkan.urlfilter.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

class HtmlFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void nothingOfATextBecomesAMark(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        String escaped = Html.escaped(text, 160);
        assertThat(escaped).doesNotContain("<", ">", "\"", "'", "\n");
        assertThat(escaped.length()).isLessThanOrEqualTo(160 * 6 + 1);
        assertThat(Language.of(text.toLowerCase(Locale.ROOT))).isNotNull();
    }
}
