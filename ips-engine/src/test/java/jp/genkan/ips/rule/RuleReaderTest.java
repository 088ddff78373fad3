package jp.genkan.ips.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleReaderTest {
    private static final Path FILE = Path.of("web.rules");
    private static final String HEAD = "alert tcp any any -> any any ";

    private static RuleSource read(String text) {
        return RuleReader.read(FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsRulesThatAreCommentedOut() {
        RuleSource source = read("\ufeff# a comment\r\n\r\n" + HEAD + "(sid:1;)\r\n#" + HEAD + "(sid:2;)\r\n## # "
                + HEAD + "(sid : 3 ;) \r\n#alert me\n; " + HEAD + "(sid:4;)\n# " + HEAD + "(msg:\"no number\";)\n");
        assertThat(source.rules()).hasSize(1);
        assertThat(source.enabled()).isEqualTo(1);
        assertThat(source.disabled()).isEqualTo(2);
        assertThat(source.total()).isEqualTo(3);
        assertThat(source.rules().getFirst().line()).isEqualTo(3);
    }

    @Test
    void joinsLinesThatGoOn() {
        RuleSource source = read(HEAD + "(msg:\"a\\\nb\"; \\  \r\n  sid:1;)\n" + HEAD + "(sid:2;)");
        assertThat(source.problems()).isEmpty();
        assertThat(source.rules()).extracting(Rule::line).containsExactly(1, 4);
        assertThat(source.rules().getFirst().options().getFirst().value()).isEqualTo("\"ab\"");
    }

    @Test
    void takesTheFurtherLinesOfAComment() {
        RuleSource source = read("#" + HEAD + "(msg:\"a\"; \\\n#  sid:1;)\n# note \\\n" + HEAD + "(sid:2;)\n#" + HEAD
                + "( \\\n sid:3;)\n");
        assertThat(source.disabled()).isEqualTo(2);
        assertThat(source.rules()).extracting(Rule::sid).containsExactly(2L);
    }

    @Test
    void tellsTheLineThatIsMeant() {
        RuleSource source = read("\n" + HEAD + "(msg:\"a\"; \\\n  sid:5; \\\n  content:\"x; nocase;)\n");
        assertThat(source.problems().getFirst())
                .hasToString("web.rules:4:11: E001 the quotes of content are not closed before \";\"");
        assertThat(source.problems().getFirst().sid()).isEqualTo(5);
    }

    @Test
    void placesProblemsThatAreFoundLater() throws Exception {
        RuleSource source = read(HEAD + "(sid:5; \\\n  htpp.uri; content:\"x\"; \\\nfoo;)\n");
        Rule rule = source.rules().getFirst();
        RuleOption first = rule.options().get(1);
        RuleOption last = rule.options().getLast();
        RuleException unknown =
                new RuleException(RuleCode.UNKNOWN_KEYWORD, first.column(), "unknown keyword \"htpp.uri\"", "http.uri");
        assertThat(source.problem(rule, unknown))
                .hasToString("web.rules:2:3: E007 unknown keyword \"htpp.uri\" (did you mean http.uri?)");
        assertThat(source.problem(rule, new RuleException(RuleCode.CONFLICT, last.column(), "no")))
                .hasToString("web.rules:3:1: E011 no");
        assertThat(source.problem(rule, new RuleException(RuleCode.CONFLICT, 0, "no")))
                .hasToString("web.rules:1: E011 no");
    }

    @Test
    void keepsTheOctetsOfEveryFile() {
        byte[] latin1 = (HEAD + "(content:\"caf\u00e9\"; sid:1;)").getBytes(StandardCharsets.ISO_8859_1);
        RuleSource source = RuleReader.read(FILE, latin1);
        assertThat(source.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(source.rules().getFirst().text().getBytes(source.charset())).isEqualTo(latin1);
        assertThat(read(HEAD + "(content:\"\u65e5\"; sid:1;)").charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void refusesRulesThatAreTooLong() {
        String full = HEAD + "(msg:\"" + "x".repeat(70_000) + "\"; sid:1;)\n" + HEAD + "(sid:2;)\n";
        RuleSource source = read(full);
        assertThat(source.problems())
                .singleElement()
                .hasToString("web.rules:1: E017 the rule has more than 65536 characters");
        assertThat(source.rules()).hasSize(1);
        assertThat(read((HEAD + "(\\\n").repeat(100_000)).problems()).hasSize(1);
    }

    @Test
    void countsWhatItCannotParse() {
        RuleSource source = read("hello\n" + HEAD + "(sid:1)\n" + HEAD + "(sid:2;)");
        assertThat(source.enabled()).isEqualTo(3);
        assertThat(source.problems())
                .extracting(RuleProblem::toString)
                .containsExactly(
                        "web.rules:1:1: E002 unknown action \"hello\"",
                        "web.rules:2:36: E001 \";\" is missing after \"sid:1\"");
    }

    @Test
    void endsAtABackslashInTheLastLine() {
        assertThat(read(HEAD + "(sid:1;)\\").problems()).hasSize(1);
        assertThat(read("").total()).isZero();
    }
}
