package jp.genkan.ips.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleParserTest {
    private static final Path FILE = Path.of("web.rules");

    private static Rule parse(String text) throws RuleException {
        return RuleParser.parse(text, FILE, 7);
    }

    /** {@code column code reason (hint)}. */
    private static String refusal(String text) {
        RuleException why = catchThrowableOfType(RuleException.class, () -> parse(text));
        assertThat(why).as(text).isNotNull();
        return why.column() + " " + why.code().code() + " " + why.reason()
                + (why.hint() == null ? "" : " (" + why.hint() + ")");
    }

    private static List<String> options(String options) throws RuleException {
        return parse("alert tcp any any -> any any (" + options + ")").options().stream()
                .map(option ->
                        option.name() + "=" + option.value() + "@" + option.column() + "," + option.valueColumn())
                .toList();
    }

    @Test
    void takesTheHeaderApart() throws Exception {
        Rule rule = parse("Drop HTTP $HOME_NET any <> [1.2.3.0/24, !1.2.3.4]\t[80,!81] (sid:5; gid:3;)");
        assertThat(rule.action()).isEqualTo(RuleAction.DROP);
        assertThat(rule.protocol()).isEqualTo("http");
        assertThat(rule.source()).isEqualTo(new Rule.Expression("$HOME_NET", 11));
        assertThat(rule.sourcePort()).isEqualTo(new Rule.Expression("any", 21));
        assertThat(rule.way()).isEqualTo(Rule.Way.BOTH);
        assertThat(rule.destination()).isEqualTo(new Rule.Expression("[1.2.3.0/24, !1.2.3.4]", 28));
        assertThat(rule.destinationPort()).isEqualTo(new Rule.Expression("[80,!81]", 51));
        assertThat(rule.sid()).isEqualTo(5);
        assertThat(rule.gid()).isEqualTo(3);
        assertThat(rule.line()).isEqualTo(7);
    }

    @Test
    void readsEveryArrow() throws Exception {
        assertThat(parse("alert ip any any -> any any (sid:1;)").way()).isEqualTo(Rule.Way.TO);
        assertThat(parse("alert http any any => any any (sid:1;)").way()).isEqualTo(Rule.Way.TRANSACTION);
    }

    @Test
    void tellsOptionsWithTheirColumns() throws Exception {
        assertThat(options("msg:\"a\"; nocase; SID: 5 ;"))
                .containsExactly("msg=\"a\"@31,35", "nocase=null@40,40", "sid=5@48,53");
    }

    @Test
    void keepsBackslashesAndSemicolonsBehindThem() throws Exception {
        assertThat(options("content:!\"a|3a|\\;\\\"b\";sid:1;")).first().isEqualTo("content=!\"a|3a|\\;\\\"b\"@31,39");
        assertThat(options("pcre:\"/x(a:b)/i\";sid:1;")).first().isEqualTo("pcre=\"/x(a:b)/i\"@31,36");
    }

    @Test
    void tellsAnEmptyValueFromNone() throws Exception {
        assertThat(options("depth: ; nocase;")).containsExactly("depth=@31,36", "nocase=null@40,40");
    }

    @Test
    void refusesHeadersWithTheColumn() {
        assertThat(refusal("alrt tcp any any -> any any (sid:1;)")).isEqualTo("1 E002 unknown action \"alrt\" (alert)");
        assertThat(refusal("sdrop tcp any any -> any any (sid:1;)"))
                .isEqualTo("1 E002 unknown action \"sdrop\" (drop)");
        assertThat(refusal("accept:hook tcp any any -> any any (sid:1;)"))
                .isEqualTo("1 E015 the action \"accept:hook\" belongs to firewall mode");
        assertThat(refusal("alert tcp any any <- any any (sid:1;)"))
                .isEqualTo("19 E001 \"<-\" is no arrow of a rule (-> with the ends exchanged)");
        assertThat(refusal("alert tcp any -> any 80 (sid:1;)"))
                .isEqualTo("15 E001 the source port is missing before \"->\"");
        assertThat(refusal("alert tcp any any -> any (sid:1;)")).isEqualTo("26 E001 the destination port is missing");
        assertThat(refusal("alert tcp any any any any (sid:1;)"))
                .isEqualTo("19 E001 \"->\", \"<>\" or \"=>\" was expected, not \"any\"");
        assertThat(refusal("alert tcp any any -> any any 80 (sid:1;)"))
                .isEqualTo("30 E001 \"(\" was expected, not \"80\"");
        assertThat(refusal("alert tcp [1.2.3.4 any -> any any (sid:1;)"))
                .isEqualTo("11 E001 the source address has a \"[\" without its \"]\"");
        assertThat(refusal("alert tcp 1.2.3.4] any -> any any (sid:1;)"))
                .isEqualTo("18 E001 the source address has a \"]\" without its \"[\"");
        assertThat(refusal("alert tcp any any -> any any"))
                .isEqualTo("29 E001 the options are missing: \"(\" was expected");
        assertThat(refusal("hello world")).isEqualTo("1 E002 unknown action \"hello\"");
    }

    @Test
    void refusesOptionsWithTheColumn() {
        String head = "alert tcp any any -> any any (";
        assertThat(refusal(head + "sid:1;")).isEqualTo("37 E001 \")\" was expected at the end of the rule");
        assertThat(refusal(head + "sid:1)")).isEqualTo("36 E001 \";\" is missing after \"sid:1\"");
        assertThat(refusal(head + ")")).isEqualTo("31 E001 the rule has no options");
        assertThat(refusal(head)).isEqualTo("31 E001 \")\" was expected at the end of the rule");
        assertThat(refusal(head + "sid:1;;)")).isEqualTo("37 E001 a keyword was expected");
        assertThat(refusal(head + "nocase sid:1;)")).isEqualTo("37 E001 \";\" or \":\" was expected after \"nocase\"");
        assertThat(refusal(head + "content:\"a\" nocase; sid:1;)"))
                .isEqualTo("42 E001 \";\" was expected after the value of content");
        assertThat(refusal(head + "content:\"a;b\"; sid:1;)"))
                .isEqualTo(
                        "39 E001 the quotes of content are not closed before \";\" (\\; for a semicolon in the value)");
        assertThat(refusal(head + "sid:1; content:\"a;)"))
                .isEqualTo("46 E001 the quotes of content are not closed before \";\"");
    }

    @Test
    void boundsTheNumberOfOptions() {
        assertThat(refusal("alert tcp any any -> any any (" + "nocase;".repeat(1_025) + ")"))
                .isEqualTo("7199 E017 more than 1024 options");
    }

    @Test
    void showsNoControlCharacters() {
        assertThat(refusal("al\u001b[31mrt tcp any any -> any any (sid:1;)")).doesNotContain("\u001b");
    }
}
