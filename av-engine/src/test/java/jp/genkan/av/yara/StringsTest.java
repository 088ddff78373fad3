package jp.genkan.av.yara;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StringsTest {
    private static boolean matches(String string, String latin) {
        return Yara.matches("$a = " + string, "$a", latin);
    }

    private static String wide(String text) {
        return text.replaceAll("(?s).", "$0\0");
    }

    @Test
    void textIsFoundWithItsCase() {
        assertThat(matches("\"Needle\"", "xxNeedlexx")).isTrue();
        assertThat(matches("\"Needle\"", "xxneedlexx")).isFalse();
        assertThat(matches("\"Needle\" nocase", "xxNEEDLExx")).isTrue();
    }

    @Test
    void wideTextHasAZeroAfterEachOctet() {
        assertThat(matches("\"Needle\" wide", "Needle")).isFalse();
        assertThat(matches("\"Needle\" wide", "x" + wide("Needle"))).isTrue();
        assertThat(matches("\"Needle\" wide ascii nocase", wide("nEEDLE"))).isTrue();
        assertThat(matches("\"Needle\" wide ascii", "Needle")).isTrue();
    }

    @Test
    void fullwordWantsNoLetterAround() {
        assertThat(matches("\"needle\" fullword", "a needle.")).isTrue();
        assertThat(matches("\"needle\" fullword", "needle")).isTrue();
        assertThat(matches("\"needle\" fullword", "needles")).isFalse();
        assertThat(matches("\"needle\" fullword", "1needle")).isFalse();
        assertThat(matches("\"needle\" fullword", "_needle_")).isTrue();
        assertThat(matches("\"needle\" wide fullword", wide("a needle b"))).isTrue();
        assertThat(matches("\"needle\" wide fullword", wide("aneedle b"))).isFalse();
    }

    @Test
    void xorTriesEachKey() {
        StringBuilder text = new StringBuilder();
        "needle in hay".chars().forEach(c -> text.append((char) (c ^ 0x42)));
        assertThat(matches("\"needle in hay\" xor", text.toString())).isTrue();
        assertThat(matches("\"needle in hay\" xor(0x40-0x42)", text.toString())).isTrue();
        assertThat(matches("\"needle in hay\" xor(1-2)", text.toString())).isFalse();
        assertThat(matches("\"needle in hay\" xor", "needle in hay")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"bmVlZGxlIGluIGhheQ==", "eG5lZWRsZSBpbiBoYXk=", "eHhuZWVkbGUgaW4gaGF5"})
    void base64IsFoundWhereverItBegins(String encoded) {
        assertThat(matches("\"needle in hay\" base64", encoded)).isTrue();
        assertThat(matches("\"needle in hay\" base64wide", encoded)).isFalse();
        assertThat(matches("\"needle in hay\" base64wide", wide(encoded))).isTrue();
    }

    @Test
    void hexStringsHaveMasksJumpsAndAlternatives() {
        assertThat(matches("{ 41 42 ?? 44 }", "xABxDx")).isTrue();
        assertThat(matches("{ 41 4? 43 }", "AOC")).isTrue();
        assertThat(matches("{ 41 4? 43 }", "APC")).isFalse();
        assertThat(matches("{ 41 42 ~43 44 }", "ABCD")).isFalse();
        assertThat(matches("{ 41 42 ~43 44 }", "ABXD")).isTrue();
        assertThat(matches("{ 41 42 [2-4] 43 44 }", "ABxxxCD")).isTrue();
        assertThat(matches("{ 41 42 [2-4] 43 44 }", "ABxCD")).isFalse();
        assertThat(matches("{ 41 42 ( 43 | 44 45 ) 46 }", "ABDEF")).isTrue();
        assertThat(matches("{ 41 42 ( 43 | 44 45 ) 46 }", "ABDF")).isFalse();
    }

    @Test
    void longJumpsAreFollowedOverTheWholeFile() {
        String far = "x".repeat(70_000);
        assertThat(matches("{ 41 42 43 44 [300-] 45 46 47 48 }", "ABCD" + far + "EFGH"))
                .isTrue();
        assertThat(matches("{ 41 42 43 44 [300-] 45 46 47 48 }", "ABCD" + "x".repeat(299) + "EFGH"))
                .isFalse();
        assertThat(matches("{ 41 42 43 44 [300-400] 45 46 47 48 }", "ABCD" + far + "EFGH"))
                .isFalse();
        assertThat(matches("{ 41 42 43 44 [-] 45 46 47 48 [-] 49 4A 4B }", "EFGH ABCD EFGH ABCD IJK"))
                .isTrue();
    }

    @Test
    void patternsWithoutLiteralsAreFoundToo() {
        assertThat(matches("{ 00 00 }", "x\0\0x")).isTrue();
        assertThat(matches("/[0-9a-f]{8}/", "xx 0123abcd")).isTrue();
        assertThat(matches("/[0-9a-f]{8}/", "xx 0123 abcd")).isFalse();
        assertThat(Yara.matches("$a = \"ab\"", "#a == 3 and @a[3] == 6 and !a == 2", "ab ab ab"))
                .isTrue();
    }
}
