package jp.genkan.av.yara.module.math;

import static jp.genkan.av.yara.module.ValueType.BOOLEAN;
import static jp.genkan.av.yara.module.ValueType.FLOAT;
import static jp.genkan.av.yara.module.ValueType.INTEGER;
import static jp.genkan.av.yara.module.ValueType.TEXT;

import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.Undefined;
import jp.genkan.av.yara.module.YaraModule;

/**
 * The module {@code math}.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class MathModule implements YaraModule<MathModule.Whole> {
    private static final double MEAN_BYTES = 127.5;
    private static final StructType<Whole> TYPE = fields();

    /** A file. */
    record Whole(Content content, FileFacts facts) {}

    private static StructType<Whole> fields() {
        StructType.Builder<Whole> type = StructType.of("math", Whole.class);
        type.number("MEAN_BYTES", whole -> MEAN_BYTES);
        statistic(type, "entropy", Octets::entropy);
        statistic(type, "mean", Octets::mean);
        statistic(type, "serial_correlation", Octets::serialCorrelation);
        statistic(type, "monte_carlo_pi", Octets::monteCarloPi);
        type.numberFunction(
                        "deviation", (whole, given) -> Octets.of(given.text(0)).deviation(given.number(1)), TEXT, FLOAT)
                .numberFunction(
                        "deviation",
                        (whole, given) -> number(
                                whole, given.integer(0), given.integer(1), octets -> octets.deviation(given.number(2))),
                        INTEGER,
                        INTEGER,
                        FLOAT);
        counts(type);
        return type.function(
                        "in_range",
                        (whole, given) ->
                                given.number(0) >= given.number(1) && given.number(0) <= given.number(2) ? 1 : 0,
                        FLOAT,
                        FLOAT,
                        FLOAT)
                .function(
                        "max",
                        (whole, given) -> Long.compareUnsigned(given.integer(0), given.integer(1)) > 0
                                ? given.integer(0)
                                : given.integer(1),
                        INTEGER,
                        INTEGER)
                .function(
                        "min",
                        (whole, given) -> Long.compareUnsigned(given.integer(0), given.integer(1)) < 0
                                ? given.integer(0)
                                : given.integer(1),
                        INTEGER,
                        INTEGER)
                .function("abs", (whole, given) -> Math.abs(given.integer(0)), INTEGER)
                .function("to_number", (whole, given) -> given.integer(0) == 0 ? 0 : 1, BOOLEAN)
                .build();
    }

    private static void statistic(StructType.Builder<Whole> type, String name, ToDoubleFunction<Octets> of) {
        type.numberFunction(name, (whole, given) -> of.applyAsDouble(Octets.of(given.text(0))), TEXT)
                .numberFunction(
                        name,
                        (whole, given) -> number(whole, given.integer(0), given.integer(1), of),
                        INTEGER,
                        INTEGER);
    }

    private static void counts(StructType.Builder<Whole> type) {
        type.function("count", (whole, given) -> count(whole, given.integer(0), 0, Long.MAX_VALUE), INTEGER)
                .function(
                        "count",
                        (whole, given) -> count(whole, given.integer(0), given.integer(1), given.integer(2)),
                        INTEGER,
                        INTEGER,
                        INTEGER)
                .numberFunction(
                        "percentage", (whole, given) -> share(whole, given.integer(0), 0, Long.MAX_VALUE), INTEGER)
                .numberFunction(
                        "percentage",
                        (whole, given) -> share(whole, given.integer(0), given.integer(1), given.integer(2)),
                        INTEGER,
                        INTEGER,
                        INTEGER)
                .function("mode", (whole, given) -> integer(whole, 0, Long.MAX_VALUE, Octets::mode))
                .function(
                        "mode",
                        (whole, given) -> integer(whole, given.integer(0), given.integer(1), Octets::mode),
                        INTEGER,
                        INTEGER);
    }

    private static long count(Whole whole, long value, long at, long length) {
        return isOctet(value) ? integer(whole, at, length, octets -> octets.count((int) value)) : Undefined.INTEGER;
    }

    private static double share(Whole whole, long value, long at, long length) {
        return isOctet(value) ? number(whole, at, length, octets -> octets.share((int) value)) : Undefined.FLOAT;
    }

    private static boolean isOctet(long value) {
        return value >= 0 && value <= 0xff;
    }

    private static double number(Whole whole, long at, long length, ToDoubleFunction<Octets> of) {
        Octets octets = Octets.of(whole.content(), whole.facts(), at, length);
        return octets == null ? Undefined.FLOAT : of.applyAsDouble(octets);
    }

    private static long integer(Whole whole, long at, long length, ToLongFunction<Octets> of) {
        Octets octets = Octets.of(whole.content(), whole.facts(), at, length);
        return octets == null ? Undefined.INTEGER : of.applyAsLong(octets);
    }

    @Override
    public StructType<Whole> type() {
        return TYPE;
    }

    @Override
    public Whole load(Content content, FileFacts facts) {
        return new Whole(content, facts);
    }
}
