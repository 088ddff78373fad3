package jp.genkan.ips.keyword.transform;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

class TransformsFuzzTest {
    private static final Moment MOMENT = new Moment();
    private static final PublicSuffixList SUFFIXES = PublicSuffixList.of(List.of("com", "co.uk", "*.ck", "!www.ck"));

    @FuzzTest
    void neitherOptionsNorOctetsBreakTransforms(FuzzedDataProvider data) {
        int kind = data.consumeInt(0, 6);
        RuleOption option = new RuleOption("x", data.consumeString(40), 1, 1);
        try {
            Transform transform = switch (kind) {
                case 0 -> XorTransform.parse(option);
                case 1 -> Base64Transform.parse(option);
                case 2 -> SliceTransform.parse(option);
                case 3 -> InflateTransform.parse(option, true);
                case 4 -> InflateTransform.parse(option, false);
                default ->
                    new NamedTransform("x", (octets, from, to) -> {
                        SUFFIXES.registered(octets, from, to);
                        return TextChanges.urlDecode(octets, from, to);
                    });
            };
            byte[] octets = data.consumeRemainingAsBytes();
            transform.apply(octets, 0, octets.length, MOMENT);
        } catch (RuleException refused) {
            // as it should be
        }
    }
}
