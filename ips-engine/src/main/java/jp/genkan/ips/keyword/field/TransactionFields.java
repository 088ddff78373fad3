package jp.genkan.ips.keyword.field;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Registers what rules may ask of one type of transaction, a line a field.
 *
 * <p>Thread rule: used while the language is registered.
 *
 * @param <T> the transaction's type
 */
public final class TransactionFields<T extends Transaction> {
    private final Class<T> type;
    private final Set<AppProtocol> protocols;
    private final KeywordTable keywords;
    private final BufferTable buffers;

    /** Fields of this type, which these protocols have. */
    public TransactionFields(Class<T> type, Set<AppProtocol> protocols, KeywordTable keywords, BufferTable buffers) {
        this.type = type;
        this.protocols = Set.copyOf(protocols);
        this.keywords = keywords;
        this.buffers = buffers;
    }

    /** A buffer that is one field of octets. The first name is the buffer's; all are sticky keywords. */
    public void octets(Buffer.Ways ways, Progress at, Function<T, byte @Nullable []> field, String... names) {
        add(ways, at, false, BufferTable.octets(type, field), names);
    }

    /** A buffer that is one text. */
    public void text(Buffer.Ways ways, Progress at, Function<T, @Nullable String> field, String... names) {
        add(ways, at, false, BufferTable.text(type, field), names);
    }

    /** A buffer that looks at the direction. */
    public void sided(Buffer.Ways ways, Progress at, BufferTable.Reader<T> reader, String... names) {
        add(ways, at, false, BufferTable.reading(type, reader), names);
    }

    /** A buffer of several instances. */
    public void many(Buffer.Ways ways, Progress at, BufferTable.Reader<T> reader, String... names) {
        add(ways, at, true, BufferTable.reading(type, reader), names);
    }

    private void add(Buffer.Ways ways, Progress at, boolean multiple, Buffer.Source source, String... names) {
        buffers.add(new Buffer(names[0], Buffer.Origin.TRANSACTION, protocols, ways, at, multiple, source));
        keywords.addSticky(buffers, names[0], names);
    }

    /** A keyword that tests one number. */
    public void number(
            Buffer.Ways ways, Progress at, NumberKeyword.Field<T> field, Map<String, Long> values, String... names) {
        keywords.add(new NumberKeyword<>(type, protocols, ways, at, field, values), names);
    }

    /** A keyword that tests a list of numbers. */
    public void numbers(Buffer.Ways ways, Progress at, Numbers<T> field, Map<String, Long> values, String... names) {
        keywords.add(
                (option, rule) -> {
                    NumbersTest test = NumbersTest.parse(option.unquoted(), values, option);
                    test(
                            option,
                            rule,
                            ways,
                            at,
                            moment -> test.test(field.of(
                                    transaction(moment.transaction()),
                                    moment.direction().isToServer())));
                },
                names);
    }

    private T transaction(@Nullable Transaction any) {
        return type.cast(Objects.requireNonNull(any));
    }

    /** A keyword of which each use makes a test of a transaction. */
    public void tested(Buffer.Ways ways, Progress at, Maker<T> maker, String... names) {
        keywords.add(
                (option, rule) -> {
                    Predicate<T> test = maker.make(option, rule);
                    test(option, rule, ways, at, moment -> test.test(transaction(moment.transaction())));
                },
                names);
    }

    /** As {@link #tested}, of a direction of the transaction. */
    public void testedSided(Buffer.Ways ways, Progress at, SidedMaker<T> maker, String... names) {
        keywords.add(
                (option, rule) -> {
                    BiPredicate<T, Boolean> test = maker.make(option, rule);
                    test(
                            option,
                            rule,
                            ways,
                            at,
                            moment -> test.test(
                                    transaction(moment.transaction()),
                                    moment.direction().isToServer()));
                },
                names);
    }

    private void test(RuleOption option, SignatureBuilder rule, Buffer.Ways ways, Progress at, Condition condition)
            throws RuleException {
        Condition ofType = moment -> type.isInstance(moment.transaction()) && condition.holds(moment);
        rule.check(new Check.OfValue(option.name(), protocols, ways, at, false, ofType), option);
    }

    /** Reads a list of numbers. */
    @FunctionalInterface
    public interface Numbers<T> {
        /** The numbers in their order; empty when there are none. */
        long[] of(T transaction, boolean toServer);
    }

    /** Makes a test of a direction out of an option's value; the test is told whether it is the client's. */
    @FunctionalInterface
    public interface SidedMaker<T> {
        BiPredicate<T, Boolean> make(RuleOption option, SignatureBuilder rule) throws RuleException;
    }

    /** Makes a test out of an option's value. */
    @FunctionalInterface
    public interface Maker<T> {
        Predicate<T> make(RuleOption option, SignatureBuilder rule) throws RuleException;
    }
}
