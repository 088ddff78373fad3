package jp.genkan.ips.threshold;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import jp.genkan.ips.classification.Classifications;
import jp.genkan.ips.classification.References;
import jp.genkan.ips.network.Variables;

class ThresholdConfigFuzzTest {
    private static final Path FILE = Path.of("fuzz.config");

    @FuzzTest
    void readsWhateverAFileHolds(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        ThresholdConfig.parse(FILE, text, Variables.stock());
        Classifications.parse(FILE, text);
        References.parse(FILE, text);
    }
}
