package jp.genkan.ips.rule;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;

class RuleReaderFuzzTest {
    @FuzzTest
    void readsWhateverAFileHolds(byte[] octets) {
        RuleSource source = RuleReader.read(Path.of("fuzz.rules"), octets);
        for (Rule rule : source.rules()) {
            for (RuleOption option : rule.options()) {
                RuleProblem problem = source.problem(rule, option.badValue("is not meant"));
                if (problem.line() < rule.line() || problem.column() < 1) {
                    throw new AssertionError(problem.toString());
                }
            }
        }
    }
}
