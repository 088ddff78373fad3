package jp.genkan.av.yara;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegularExpressionsTest {
    private static boolean matches(String regex, String latin) {
        return Yara.matches("$a = " + regex, "$a", latin);
    }

    @Test
    void everyPlaceWhereOneBeginsIsAMatch() {
        assertThat(Yara.matches("$a = /a+bcd/", "#a == 3 and !a[1] == 6 and !a[3] == 4", "aaabcd"))
                .isTrue();
    }

    @Test
    void greedyTakesMuchAndLazyLittle() {
        assertThat(Yara.matches("$a = /<tag.*>/", "!a == 11", "<tag1>rest>")).isTrue();
        assertThat(Yara.matches("$a = /<tag.*?>/", "!a == 6", "<tag1>rest>")).isTrue();
    }

    @Test
    void anchorsAndBoundaries() {
        assertThat(matches("/^start/", "start")).isTrue();
        assertThat(matches("/^start/", " start")).isFalse();
        assertThat(matches("/the end$/", "the end")).isTrue();
        assertThat(matches("/the end$/", "the end\n")).isFalse();
        assertThat(matches("/\\bword\\b/", "a word.")).isTrue();
        assertThat(matches("/\\bword\\b/", "swords")).isFalse();
        assertThat(matches("/\\Bord\\b/", "word")).isTrue();
    }

    @Test
    void classesAndFlags() {
        assertThat(matches("/key=[\\w-]{3,5};/", "key=a-b1;")).isTrue();
        assertThat(matches("/key=[^a-z]+;/", "key=abc;")).isFalse();
        assertThat(matches("/KeY[0-9]/i", "kEy7")).isTrue();
        assertThat(matches("/begin.end/", "begin\nend")).isFalse();
        assertThat(matches("/begin.end/s", "begin\nend")).isTrue();
        assertThat(matches("/\\x41\\x42\\x43\\d/", "ABC7")).isTrue();
        assertThat(matches("/[]x]needle/", "]needle")).isTrue();
    }

    @Test
    void wideExpressionsHaveZerosInBetween() {
        assertThat(matches("/need[l]e\\d/ wide", "n\0e\0e\0d\0l\0e\0007\0")).isTrue();
        assertThat(matches("/need[l]e\\d/ wide", "needle7")).isFalse();
    }

    @Test
    void alternativesAreAllLookedFor() {
        assertThat(matches("/(first|second|third) thing/", "the third thing")).isTrue();
        assertThat(matches("/x(a|b)*needle/", "xababneedle")).isTrue();
    }

    @Test
    void matchesLooksAnywhereInAText() {
        assertThat(Yara.matches("", "filename matches /^A\\.e.e$/i", "")).isTrue();
        assertThat(Yara.matches("", "filename matches /b/", "")).isFalse();
    }
}
