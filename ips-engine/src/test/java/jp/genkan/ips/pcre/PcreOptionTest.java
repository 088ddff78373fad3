package jp.genkan.ips.pcre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PcreOptionTest {
    @Test
    void readsFlagsOfTheLibrary() throws PcreException {
        PcreOption option = PcreOption.parse("/a.b/ismxAEG");
        assertThat(option.expression()).isEqualTo("a.b");
        assertThat(option.compileOptions())
                .isEqualTo(Pcre2.CASELESS
                        | Pcre2.DOTALL
                        | Pcre2.MULTILINE
                        | Pcre2.EXTENDED
                        | Pcre2.ANCHORED
                        | Pcre2.DOLLAR_ENDONLY
                        | Pcre2.UNGREEDY);
        assertThat(option.relative()).isFalse();
        assertThat(option.bufferName()).isNull();
    }

    @Test
    void namesTheBufferOfAFlagAndItsSide() throws PcreException {
        PcreOption uri = PcreOption.parse("/x/URi");
        assertThat(uri.bufferName()).isEqualTo("http.uri");
        assertThat(uri.relative()).isTrue();
        assertThat(uri.toServerOnly()).isTrue();
        PcreOption code = PcreOption.parse("/404/S");
        assertThat(code.bufferName()).isEqualTo("http.stat_code");
        assertThat(code.toClientOnly()).isTrue();
        assertThat(PcreOption.parse("/x/H").toServerOnly()).isFalse();
    }

    @Test
    void liftsTheLimitByO() throws PcreException {
        assertThat(PcreOption.parse("/x/O").limit()).isEqualTo(PcreLimit.RAISED);
        assertThat(PcreOption.parse("/x/").limit()).isEqualTo(PcreLimit.USUAL);
    }

    @Test
    void keepsSlashesWithinTheExpression() throws PcreException {
        assertThat(PcreOption.parse("/a/b\\/c/i").expression()).isEqualTo("a/b\\/c");
        assertThat(PcreOption.parse("/a\\\\/").expression()).isEqualTo("a\\\\");
        assertThat(PcreOption.parse("m/ab/").expression()).isEqualTo("ab");
    }

    @Test
    void refusesTwoBuffersAndUnknownFlags() {
        assertRefused("/x/UH", 4);
        assertRefused("/x/UB", 4);
        assertRefused("/x/iK", 4);
        assertRefused("/x/q", 3);
        assertRefused("x", 0);
        assertRefused("", 0);
        assertRefused("m", 0);
        assertRefused("/x", 2);
    }

    @Test
    void refusesUpperCaseInAHostName() throws PcreException {
        assertRefused("/a\\xAAbC/W", 7);
        assertThat(PcreOption.parse("/abC/Wi").bufferName()).isEqualTo("http.host");
        assertThat(PcreOption.parse("/ab\\S/W").bufferName()).isEqualTo("http.host");
    }

    @Test
    void readsCaptures() throws PcreException {
        PcreOption option = PcreOption.parse("/(a)(b)(c)/i, flow:one, pkt:two,alert:three");
        assertThat(option.captures())
                .extracting(CaptureVariable::scope)
                .containsExactly(CaptureVariable.Scope.FLOW, CaptureVariable.Scope.PACKET, CaptureVariable.Scope.ALERT);
        assertThat(option.captures()).extracting(CaptureVariable::group).containsExactly(1, 2, 3);
        assertThat(PcreOption.parse("/(a)(b)/, flow:key, flow:value").captures())
                .extracting(CaptureVariable::role)
                .containsExactly(CaptureVariable.Role.KEY, CaptureVariable.Role.VALUE);
        assertThat(PcreOption.parse("/(?P<pkt_user>a)/").captures())
                .containsExactly(
                        new CaptureVariable(CaptureVariable.Scope.PACKET, CaptureVariable.Role.NAMED, "user", 1));
    }

    @Test
    void refusesCapturesWithoutGroups() throws PcreException {
        assertRefused("/(a)/, nowhere:x", 7);
        assertRefused("/(a)/,", 6);
        PcreOption option = PcreOption.parse("/(a)b/, flow:x, flow:y");
        assertThatThrownBy(option::compile).isInstanceOf(PcreException.class).hasMessageContaining("1 groups");
    }

    private static void assertRefused(String value, int offset) {
        assertThatThrownBy(() -> PcreOption.parse(value))
                .isInstanceOfSatisfying(
                        PcreException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }
}
