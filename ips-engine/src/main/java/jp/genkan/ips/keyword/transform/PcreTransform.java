package jp.genkan.ips.keyword.transform;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.pcre.PcreException;
import jp.genkan.ips.pcre.PcreExpression;
import jp.genkan.ips.pcre.PcreMatcher;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

/**
 * {@code pcrexform:"[a-z]+\s+(.*)\s+HTTP"}: what the first group has captured. A buffer in which the expression does not match stays as it is, as in Suricata. A match
 * that reaches a bound counts as none.
 */
final class PcreTransform {
    /** A worker's matcher; its native memory lives as long as the thread. */
    private static final ThreadLocal<PcreMatcher> MATCHER = ThreadLocal.withInitial(PcreMatcher::new);

    private PcreTransform() {}

    static Transform parse(RuleOption option) throws RuleException {
        byte[] utf8 = option.unquoted().getBytes(StandardCharsets.UTF_8);
        String latin = new String(utf8, StandardCharsets.ISO_8859_1);
        PcreExpression expression;
        try {
            expression = PcreExpression.compile(latin, 0);
        } catch (PcreException bad) {
            throw new RuleException(
                    RuleCode.BAD_EXPRESSION, option.valueColumn() + 1 + bad.offset(), "pcrexform: " + bad.reason());
        }
        if (expression.captureCount() == 0) {
            throw option.badValue("the expression has to capture something: put it in parentheses");
        }
        return new NamedTransform("pcrexform:" + latin, (octets, from, to) -> {
            PcreMatcher matcher = MATCHER.get();
            boolean found = matcher.match(expression, octets, from, to, from) == PcreMatcher.MATCH;
            boolean captured = found && matcher.start(1) >= 0;
            return captured
                    ? Arrays.copyOfRange(octets, matcher.start(1), matcher.end(1))
                    : Arrays.copyOfRange(octets, from, to);
        });
    }
}
