package jp.genkan.av.yara;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    private static final String STRINGS = "$a = \"needle\" $b = \"straw\" $c = \"never there\"";
    private static final String TEXT = "needle straw needle";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$a and $b and not $c and #a == 2 and 0 of ($c)",
                "($a or $c) and filesize == 19 and all of ($a, $b) and any of them and none of ($c*)",
                "($b at 7 and $a at 0 and $a in (10..13)) or any of ($c)",
                "#a in (1..100) == 1 and @a[2] == 13 and !a[1] == 6 and @b == 7 and #c == 0 and any of them",
                "2 of them and not 3 of them and 50% of them and not 80% of them",
                "for any of ($a, $b) : ($ at 7) and for all of ($a, $b) : (# >= 1 and @ < 10) and #c < 1",
                "for all i in (1..#a) : (@a[i] % 13 == 0) and $b and not $c",
                "for 2 i in (1, 2, 3) : (i == #a or i == #b) and not $c",
                "any of ($a, $b, $c) in (5..8) and not any of ($a, $c) in (5..8)",
                "not defined @c[1] and defined @a[1] and $b"
            })
    void whatIsSaidOfStringsHolds(String condition) {
        assertThat(Yara.matches(STRINGS, condition, TEXT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uint8(0) == 0x6e and uint16(0) == 0x656e and uint16be(0) == 0x6e65 and int8(0) == 110",
                "uint32(0) == 0x6465656e and uint32be(0) == 0x6e656564",
                "not defined uint32(17) and defined uint32(15)",
                "1 + 2 * 3 == 7 and 7 \\ 2 == 3 and 7 % 4 == 3 and -1 < 0 and ~0 == -1",
                "1 << 3 == 8 and 0xf0 >> 4 == 15 and (5 & 6) == 4 and (5 | 6) == 7 and (5 ^ 6) == 3",
                "1.5 * 2 == 3.0 and 1 < 1.5 and 10KB == 10240 and 1MB == 1048576 and 0o17 == 15",
                "not (1 \\ 0 == 0) or true",
                "filename == \"a.exe\" and extension == \".exe\" and filename contains \".e\" and filename icontains \".EX\"",
                "filename startswith \"a\" and filename iendswith \"EXE\" and filename iequals \"A.EXE\" and owner == \"\"",
                "filename istartswith \"A.\" and filename endswith \"xe\" and filename < \"b\" and filename != \"b\"",
                "true and not false or false"
            })
    void whatIsSaidOfNumbersAndTextsHolds(String condition) {
        assertThat(Yara.matches("", condition, TEXT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uint32(1000) == 0",
                "not uint32(1000) == 0",
                "uint32(1000) == 0 and true",
                "1 \\ 0 == 0",
                "for any i in (1..0) : (true)",
                "for any i in (1..3) : (i == 4)"
            })
    void whatIsUndefinedIsNotTrue(String condition) {
        assertThat(Yara.matches("", condition, TEXT)).isFalse();
    }

    @Test
    void rulesReferToRules() {
        String rules = "private rule inner { strings: $a = \"needle\" condition: $a }"
                + " rule outer { condition: inner and filesize > 1 }"
                + " rule other { condition: any of (inn*) and not outer or false }"
                + " rule third { condition: 2 of (inner, outer) }";
        assertThat(Yara.matching(rules, Yara.content(TEXT), Yara.facts("x"))).containsExactly("outer", "third");
    }

    @Test
    void aGlobalRuleThatDoesNotHoldSilencesItsFile() {
        String rule = " rule r { strings: $a = \"needle\" condition: $a }";
        assertThat(Yara.matching(
                        "global private rule g { condition: filesize < 5 }" + rule,
                        Yara.content(TEXT),
                        Yara.facts("x")))
                .isEmpty();
        assertThat(Yara.matching(
                        "global private rule g { condition: filesize > 5 }" + rule,
                        Yara.content(TEXT),
                        Yara.facts("x")))
                .containsExactly("r");
    }
}
