package jp.genkan.ips.policy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;

class RulePolicyFuzzTest {
    @FuzzTest(maxDuration = "10s")
    void anyTextIsAPolicyOrIsRefusedWithAPlace(FuzzedDataProvider data) {
        try {
            RulePolicy.parse(Path.of("p"), data.consumeRemainingAsString());
        } catch (IOException refused) {
            if (!String.valueOf(refused.getMessage()).startsWith("p:")) {
                throw new AssertionError("no place", refused);
            }
        }
    }
}
