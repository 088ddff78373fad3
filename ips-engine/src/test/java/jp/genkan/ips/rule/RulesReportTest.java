package jp.genkan.ips.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesReportTest {
    private static final Path FILE = Path.of("web.rules");

    private final RulesReport report = new RulesReport(
            2,
            1_300,
            1_200,
            List.of(
                    new RuleProblem(FILE, 3, 40, RuleCode.BAD_VALUE, 5L, "depth: \"x\" is no number", null),
                    new RuleProblem(
                            FILE, 9, 12, RuleCode.UNKNOWN_KEYWORD, 6L, "unknown keyword \"htpp.uri\"", "http.uri"),
                    new RuleProblem(
                            FILE, 10, 13, RuleCode.UNKNOWN_KEYWORD, null, "unknown keyword \"htpp.uri\"", "http.uri"),
                    new RuleProblem(FILE, 11, 0, RuleCode.REQUIRES, 7L, "version >= 9", null)),
            1.2345);

    @Test
    void writesOneObject() {
        assertThat(report.toJson())
                .isEqualTo("{\"files\":2,\"rules\":1300,\"enabled\":1200,\"loaded\":1196,\"failed\":3,\"skipped\":1,"
                        + "\"seconds\":1.235,\"by_reason\":{\"E007 unknown keyword \\\"htpp.uri\\\"\":2,"
                        + "\"E010 depth: \\\"x\\\" is no number\":1},\"problems\":["
                        + "{\"file\":\"web.rules\",\"line\":3,\"column\":40,\"code\":\"E010\",\"sid\":5,"
                        + "\"reason\":\"depth: \\\"x\\\" is no number\"},"
                        + "{\"file\":\"web.rules\",\"line\":9,\"column\":12,\"code\":\"E007\",\"sid\":6,"
                        + "\"reason\":\"unknown keyword \\\"htpp.uri\\\"\",\"hint\":\"http.uri\"},"
                        + "{\"file\":\"web.rules\",\"line\":10,\"column\":13,\"code\":\"E007\","
                        + "\"reason\":\"unknown keyword \\\"htpp.uri\\\"\",\"hint\":\"http.uri\"},"
                        + "{\"file\":\"web.rules\",\"line\":11,\"column\":0,\"code\":\"E018\",\"sid\":7,"
                        + "\"reason\":\"version >= 9\"}]}");
    }

    @Test
    void writesATableOfReasons() {
        assertThat(report.toTable().lines())
                .containsExactly(
                        "1,300 rules in 2 files, 1,200 enabled: 1,196 loaded, 3 refused, 1 for other engines (1.2 s)",
                        "",
                        " refused  reason, and the first such rule",
                        "       2  E007 unknown keyword \"htpp.uri\"",
                        "          web.rules:9:12 sid 6, did you mean http.uri?",
                        "       1  E010 depth: \"x\" is no number",
                        "          web.rules:3:40 sid 5");
    }

    @Test
    void writesNoTableWhereNothingIsWrong() {
        assertThat(new RulesReport(1, 2, 1, List.of(), 0).toTable().lines())
                .containsExactly("2 rules in 1 files, 1 enabled: 1 loaded, 0 refused, 0 for other engines (0.0 s)");
    }
}
