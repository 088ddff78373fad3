package jp.genkan.urlfilter.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | JAPANESE",
                "ja | JAPANESE",
                "en-us,en;q=0.9 | ENGLISH",
                "en;q=0.5,ja;q=0.9 | JAPANESE",
                "ja;q=0.5,en;q=0.9 | ENGLISH",
                "ja,en | JAPANESE",
                "ja;q=0 | ENGLISH",
                "vi-vn,vi;q=0.9 | ENGLISH",
                "*;q=0.1 | ENGLISH",
                "fr;q=x,ja;q=0.001 | JAPANESE"
            })
    void takesWhatTheRequestPrefers(String accepted, Language language) {
        assertThat(Language.of(accepted)).isEqualTo(language);
    }
}
