package jp.genkan.ips.keyword.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import jp.genkan.ips.keyword.Language;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.junit.jupiter.api.Test;

class DcerpcTestsTest {
    private static final String SAMR = "12345778-1234-abcd-ef00-0123456789ac";

    private static RuleOption option(String value) {
        return new RuleOption("dcerpc.iface", value, 1, 14);
    }

    private static OpnumTest opnum(String value) throws RuleException {
        return OpnumTest.parse(option(value));
    }

    @Test
    void operationsAreListsOfRangesWithTheirEnds() throws RuleException {
        OpnumTest test = opnum("12,18-24, 5");
        assertThat(test.test(12)).isTrue();
        assertThat(test.test(18)).isTrue();
        assertThat(test.test(24)).isTrue();
        assertThat(test.test(5)).isTrue();
        assertThat(test.test(17)).isFalse();
        assertThat(opnum(">10").test(11)).isTrue();
    }

    @Test
    void refusesOperationsThatCannotBe() {
        assertThatThrownBy(() -> opnum("70000")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> opnum("9-5")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> opnum("five")).isInstanceOf(RuleException.class);
    }

    @Test
    void anInterfaceMayHaveAVersionAndAnyFragment() throws RuleException {
        InterfaceTest test = InterfaceTest.parse(option(SAMR.toUpperCase(Locale.ROOT) + ",>1,any_frag"));
        assertThat(test.uuid()).isEqualTo(SAMR);
        assertThat(Objects.requireNonNull(test.version()).test(2)).isTrue();
        assertThat(InterfaceTest.parse(option(SAMR + ",any_frag")).version()).isNull();
    }

    @Test
    void refusesInterfacesThatAreNoUuid() {
        assertThatThrownBy(() -> InterfaceTest.parse(option("1-2-3-4-5"))).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> InterfaceTest.parse(option(SAMR + ",5"))).isInstanceOf(RuleException.class);
    }

    @Test
    void theLanguageKnowsOldAndNewSpellings() {
        assertThat(Language.get().keywords().names())
                .contains("dcerpc.iface", "dce_iface", "dce_stub_data", "smb_named_pipe", "smtp.rcpt_to", "ftpbounce");
    }

    @FuzzTest
    void anyValueIsReadOrRefused(byte[] data) {
        String value = new String(data, StandardCharsets.ISO_8859_1);
        try {
            opnum(value).test(5);
            InterfaceTest.parse(option(value));
        } catch (RuleException refused) {
            assertThat(refused).hasMessageContaining("dcerpc");
        }
    }
}
