package jp.genkan.ips.pcre;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class PcreOptionFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void refusesOrMatches(FuzzedDataProvider data) {
        String value = new String(data.consumeBytes(200), StandardCharsets.ISO_8859_1);
        byte[] subject = data.consumeRemainingAsBytes();
        try (PcreMatcher matcher = new PcreMatcher()) {
            PcreExpression expression = PcreOption.parse(value).compile();
            if (matcher.match(expression, subject, 0, subject.length, 0) == PcreMatcher.MATCH
                    && (matcher.start(0) < 0 || matcher.end(0) > subject.length)) {
                throw new IllegalStateException("the match lies outside the subject");
            }
        } catch (PcreException e) {
            if (e.offset() < 0 || e.offset() > value.length()) {
                throw new IllegalStateException("the place lies outside the value", e);
            }
        }
    }
}
