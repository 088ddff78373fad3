package jp.genkan.ips.keyword.number;

import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.SignatureBuilder;

/**
 * A keyword that holds one number of a transaction against a {@link NumberTest}. The field says {@link #NONE} when the transaction has none.
 *
 * @param type the transaction's own type
 * @param field the number
 * @param names of numbers, in lower case
 */
public record NumberKeyword<T extends Transaction>(
        Class<T> type,
        Set<AppProtocol> protocols,
        Buffer.Ways ways,
        Progress at,
        Field<T> field,
        Map<String, Long> names)
        implements Keyword {
    /** The transaction has no such number. */
    public static final long NONE = Long.MIN_VALUE;

    public NumberKeyword {
        protocols = Set.copyOf(protocols);
        names = Map.copyOf(names);
    }

    /** Reads the number. */
    @FunctionalInterface
    public interface Field<T> {
        /** The number, or {@link #NONE}. */
        long of(T transaction, boolean toServer);
    }

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        NumberTest test = NumberTest.parse(option.unquoted(), names, option);
        rule.check(
                new Check.OfValue(option.name(), protocols, ways, at, false, moment -> {
                    if (!type.isInstance(moment.transaction())) {
                        return false;
                    }
                    long number = field.of(
                            type.cast(moment.transaction()), moment.direction().isToServer());
                    return number != NONE && test.test(number);
                }),
                option);
    }
}
