package jp.genkan.ips.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.ips.match.Finding;
import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.pcre.PcreException;
import jp.genkan.ips.pcre.PcreMatcher;
import jp.genkan.ips.pcre.PcreOption;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static List<Finding> findings(String text, String... options) throws PcreException {
        Step[] steps = new Step[options.length];
        for (int i = 0; i < options.length; i++) {
            PcreOption option = PcreOption.parse(options[i]);
            steps[i] = new Expression(option.compile(), option.relative(), false, option.captures());
        }
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        Moment moment = new Moment();
        try (PcreMatcher matcher = new PcreMatcher()) {
            Inspection inspection = new Inspection(matcher);
            inspection.begin(moment);
            inspection.inspect(steps, octets, 0, octets.length, 0, true);
        }
        return moment.findings();
    }

    @Test
    void namesCapturedGroupsAsTheRuleDoes() throws PcreException {
        assertThat(findings("Browser/5.0", "/^(.*)\\/([\\d.]+)/, flow:name, flow:version"))
                .containsExactly(
                        Finding.text(Finding.Kind.FLOW_TEXT, "name", "Browser"),
                        Finding.text(Finding.Kind.FLOW_TEXT, "version", "5.0"));
    }

    @Test
    void takesNameOfPacketVariableFromTraffic() throws PcreException {
        assertThat(findings("Browser/5.0", "/^(.*)\\/([\\d.]+)/, pkt:key, pkt:value"))
                .containsExactly(Finding.text(Finding.Kind.PACKET_TEXT, "Browser", "5.0"));
    }

    @Test
    void forgetsCapturesWhenLaterStepFails() throws PcreException {
        assertThat(findings("abc", "/(a)/, flow:first", "/x/")).isEmpty();
    }

    @Test
    void keepsPlaceThatLetsLaterStepMatch() throws PcreException {
        assertThat(findings("a1a2b", "/a(\\d)/, flow:digit", "/^b/R"))
                .containsExactly(Finding.text(Finding.Kind.FLOW_TEXT, "digit", "2"));
    }

    @Test
    void flowKeepsBoundedNumberOfTexts() {
        FlowMemory memory = new FlowMemory();
        for (int i = 0; i <= FlowMemory.TEXTS_MAX; i++) {
            memory.text("v" + i, "x");
        }
        memory.text("v0", "y");
        assertThat(memory.texts()).hasSize(FlowMemory.TEXTS_MAX).containsEntry("v0", "y");
    }
}
