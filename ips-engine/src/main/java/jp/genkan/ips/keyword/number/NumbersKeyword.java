package jp.genkan.ips.keyword.number;

import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.SignatureBuilder;

/**
 * A keyword that holds several numbers of a transaction against a {@link NumberTest}: {@code dns.rrtype:1}, {@code dns.rrtype:1,all}, {@code dns.rrtype:count >3}. Suricata
 * calls it a multi-integer.
 *
 * @param type the transaction's own type
 * @param names of numbers, in lower case
 */
public record NumbersKeyword<T extends Transaction>(
        Class<T> type,
        Set<AppProtocol> protocols,
        Buffer.Ways ways,
        Progress at,
        Numbers<T> numbers,
        Map<String, Long> names)
        implements Keyword {
    public NumbersKeyword {
        protocols = Set.copyOf(protocols);
        names = Map.copyOf(names);
    }

    /** The numbers of a transaction. */
    public interface Numbers<T> {
        /** How many there are. */
        int count(T transaction, boolean toServer);

        /** The number at a place; {@link NumberKeyword#NONE} when there is none at that place. */
        long at(T transaction, boolean toServer, int place);
    }

    @Override
    public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        if (text.startsWith("count ")) {
            NumberTest test = NumberTest.parse(text.substring("count ".length()), Map.of(), option);
            add(option, rule, (transaction, toServer) -> test.test(numbers.count(transaction, toServer)));
            return;
        }
        String[] words = text.split(",", -1);
        NumberTest test = NumberTest.parse(words[0], names, option);
        IndexTest index = IndexTest.parse(words, 1, option);
        add(
                option,
                rule,
                (transaction, toServer) -> index.test(numbers.count(transaction, toServer), place -> {
                    long number = numbers.at(transaction, toServer, place);
                    return number != NumberKeyword.NONE && test.test(number);
                }));
    }

    /** What a transaction has to fulfil. */
    @FunctionalInterface
    private interface Test<T> {
        boolean holds(T transaction, boolean toServer);
    }

    private void add(RuleOption option, SignatureBuilder rule, Test<T> test) throws RuleException {
        rule.check(new Check.OfValue(option.name(), protocols, ways, at, false, moment -> holds(moment, test)), option);
    }

    private boolean holds(Moment moment, Test<T> test) {
        return type.isInstance(moment.transaction())
                && test.holds(
                        type.cast(moment.transaction()), moment.direction().isToServer());
    }
}
