package jp.genkan.av.yara.condition;

import org.jspecify.annotations.Nullable;

/**
 * A term ready to be evaluated, by the type of its value.
 *
 * <p>Thread rule: immutable; an evaluation belongs to one thread.
 */
public sealed interface Code {
    /** An integer or a truth: 0 is false. {@code Undefined.INTEGER} when it is undefined. */
    @FunctionalInterface
    non-sealed interface OfInteger extends Code {
        long eval(Evaluation evaluation);
    }

    /** NaN when it is undefined. */
    @FunctionalInterface
    non-sealed interface OfFloat extends Code {
        double eval(Evaluation evaluation);
    }

    /** Null when it is undefined. */
    @FunctionalInterface
    non-sealed interface OfText extends Code {
        @Nullable
        String eval(Evaluation evaluation);
    }

    /** A structure, array or dictionary of a module; null when it is not there. */
    @FunctionalInterface
    non-sealed interface OfPlace extends Code {
        @Nullable
        Object eval(Evaluation evaluation);
    }
}
