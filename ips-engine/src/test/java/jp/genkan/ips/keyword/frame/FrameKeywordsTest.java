package jp.genkan.ips.keyword.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.ips.engine.RuleLoader;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.RuleProblem;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.literals.LiteralCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameKeywordsTest {
    @TempDir
    Path folder;

    private List<RuleProblem> problems(String rule) throws IOException {
        Path file = Files.writeString(folder.resolve("one.rules"), rule + "\n");
        RuleLoader loader = new RuleLoader(new RuleEnvironment(folder), Variables.stock(), LiteralCompiler.inJava());
        return loader.load(List.of(file)).problems();
    }

    @Test
    void takesTheProtocolFromTheRuleOrFromItsOwnName() throws IOException {
        assertThat(problems("alert smb any any -> any any (frame:smb2.hdr; content:\"a\"; sid:1;)"))
                .isEmpty();
        assertThat(problems("alert mqtt any any -> any any (frame:pdu; content:\"a\"; sid:1;)"))
                .isEmpty();
        assertThat(problems("alert http any any -> any any (frame:http1.request; content:\"a\"; sid:1;)"))
                .isEmpty();
        assertThat(problems("alert tcp any any -> any any (frame:dns.pdu; content:\"a\"; sid:1;)"))
                .isEmpty();
        assertThat(problems("alert enip any any -> any any (frame:enip.enip.item; content:\"a\"; sid:1;)"))
                .isEmpty();
        assertThat(problems("alert smtp any any -> any any (frame:smtp.stream; content:\"a\"; sid:1;)"))
                .isEmpty();
    }

    @Test
    void refusesFramesThatNobodyTells() throws IOException {
        assertThat(problems("alert smb any any -> any any (frame:smb2.head; content:\"a\"; sid:1;)"))
                .singleElement()
                .asString()
                .contains("E010", "there is no \"smb2.head\"");
        assertThat(problems("alert tcp any any -> any any (frame:pdu; content:\"a\"; sid:1;)"))
                .hasSize(1);
        assertThat(problems("alert tls any any -> any any (frame:dns.pdu; content:\"a\"; sid:1;)"))
                .hasSize(1);
    }

    @Test
    void refusesToLookAtAnythingElseBesides() throws IOException {
        assertThat(
                        problems(
                                "alert http1 any any -> any any (frame:request; content:\"a\"; http.uri; content:\"b\"; sid:1;)"))
                .singleElement()
                .asString()
                .contains("E011");
        assertThat(problems("alert http1 any any -> any any (content:\"b\"; frame:request; content:\"a\"; sid:1;)"))
                .hasSize(1);
    }
}
