package jp.genkan.av.yara.module;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a field of a structure is, and how it is read from the object behind it.
 *
 * <p>Thread rule: immutable; readers are called by the thread that scans.
 *
 * @param <T> the object
 */
public sealed interface Member<T> {
    /** Known when rules are compiled. */
    record IntegerConstant<T>(long value) implements Member<T> {}

    /** As {@link IntegerConstant}. */
    record TextConstant<T>(String value) implements Member<T> {}

    /** {@link Undefined#INTEGER} when it is not there. */
    record IntegerField<T>(ToLongFunction<T> read) implements Member<T> {}

    /** {@link Undefined#FLOAT} when it is not there. */
    record FloatField<T>(ToDoubleFunction<T> read) implements Member<T> {}

    /** Latin-1, each character one octet; null when it is not there. */
    record TextField<T>(Function<T, @Nullable String> read) implements Member<T> {}

    /** A structure in it; null when it is not there. */
    record StructField<T, S>(StructType<S> type, Function<T, @Nullable S> read) implements Member<T> {}

    /** Integers by index ({@code Long}); null when there are none. */
    record IntegerArray<T>(Function<T, @Nullable List<Long>> read) implements Member<T> {}

    /** Texts by index. */
    record TextArray<T>(Function<T, @Nullable List<String>> read) implements Member<T> {}

    /** Structures by index. */
    record StructArray<T, S>(StructType<S> type, Function<T, @Nullable List<S>> read) implements Member<T> {}

    /** Texts by key. */
    record TextDictionary<T>(Function<T, @Nullable Map<String, String>> read) implements Member<T> {}

    /** Functions of one name that differ in their parameters. */
    record Functions<T>(List<Overload<T>> overloads) implements Member<T> {
        public Functions {
            overloads = List.copyOf(overloads);
        }
    }

    /**
     * A function. It is not called when an argument is undefined: then its result is, too.
     *
     * @param parameters their types
     * @param body what it does
     */
    record Overload<T>(List<ValueType> parameters, Body<T> body) {
        public Overload {
            parameters = List.copyOf(parameters);
        }
    }

    /** The body of a function, by what it returns. */
    sealed interface Body<T> {}

    /** Returns an integer; truth is 1. */
    @FunctionalInterface
    non-sealed interface IntegerBody<T> extends Body<T> {
        long call(T object, Arguments arguments);
    }

    /** Returns a floating point number. */
    @FunctionalInterface
    non-sealed interface FloatBody<T> extends Body<T> {
        double call(T object, Arguments arguments);
    }

    /** Returns a text, null for undefined. */
    @FunctionalInterface
    non-sealed interface TextBody<T> extends Body<T> {
        @Nullable
        String call(T object, Arguments arguments);
    }
}
