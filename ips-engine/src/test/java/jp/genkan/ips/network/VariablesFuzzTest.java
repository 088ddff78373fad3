package jp.genkan.ips.network;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleException;

class VariablesFuzzTest {
    @FuzzTest
    void compilesWhateverAnAddressExpressionSays(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            AddressSpec spec = Variables.stock().addresses(new Expression(text, 1));
            if (spec.isEmpty() || !spec.complement().complement().equals(spec)) {
                throw new AssertionError(spec.toString());
            }
        } catch (RuleException refused) {
            inside(refused, text);
        }
    }

    @FuzzTest
    void compilesWhateverAPortExpressionSays(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            PortSpec spec = Variables.stock().ports(new Expression(text, 1));
            if (spec.isEmpty() || !spec.complement().complement().equals(spec)) {
                throw new AssertionError(spec.toString());
            }
        } catch (RuleException refused) {
            inside(refused, text);
        }
    }

    private static void inside(RuleException refused, String text) {
        if (refused.column() < 1 || refused.column() > text.length() + 1) {
            throw new AssertionError(refused.column() + ": " + refused.reason());
        }
    }
}
