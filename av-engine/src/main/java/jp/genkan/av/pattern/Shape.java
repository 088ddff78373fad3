package jp.genkan.av.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions rewritten: flat, wide.
 *
 * <p>Thread rule: no state.
 */
final class Shape {
    private Shape() {}

    /** The parts of an expression one after the other: no sequences among them, and neighbouring octets joined. */
    static List<Expression> parts(Expression expression) {
        List<Expression> parts = new ArrayList<>();
        flatten(expression, parts);
        return parts;
    }

    private static void flatten(Expression expression, List<Expression> into) {
        switch (expression) {
            case Expression.Sequence sequence -> sequence.parts().forEach(part -> flatten(part, into));
            case Expression.Octets octets -> append(octets.latin(), into);
            case Expression.OneOf one
            when one.set().size() == 1 -> append(String.valueOf((char) one.set().first()), into);
            default -> into.add(expression);
        }
    }

    private static void append(String latin, List<Expression> into) {
        if (latin.isEmpty()) {
            return;
        }
        if (!into.isEmpty() && into.getLast() instanceof Expression.Octets before) {
            into.set(into.size() - 1, new Expression.Octets(before.latin() + latin));
        } else {
            into.add(new Expression.Octets(latin));
        }
    }

    /** The same with a zero after each octet. */
    static Expression wide(Expression expression) {
        return switch (expression) {
            case Expression.Octets octets -> new Expression.Octets(wide(octets.latin()));
            case Expression.OneOf one -> new Expression.Sequence(List.of(one, new Expression.Octets("\0")));
            case Expression.Gap gap ->
                wide(new Expression.Repeat(new Expression.OneOf(OctetSet.ANY), gap.min(), gap.max(), true));
            case Expression.Sequence sequence -> new Expression.Sequence(wideAll(sequence.parts()));
            case Expression.Choice choice -> new Expression.Choice(wideAll(choice.ways()));
            case Expression.Repeat repeat ->
                new Expression.Repeat(wide(repeat.part()), repeat.min(), repeat.max(), repeat.lazy());
            case Expression.Assertion assertion -> wideAssertion(assertion);
        };
    }

    private static List<Expression> wideAll(List<Expression> all) {
        List<Expression> wide = new ArrayList<>();
        for (Expression one : all) {
            wide.add(wide(one));
        }
        return wide;
    }

    private static Expression wideAssertion(Expression.Assertion assertion) {
        return switch (assertion) {
            case WORD_BOUNDARY, WIDE_WORD_BOUNDARY -> Expression.Assertion.WIDE_WORD_BOUNDARY;
            case NO_WORD_BOUNDARY, WIDE_NO_WORD_BOUNDARY -> Expression.Assertion.WIDE_NO_WORD_BOUNDARY;
            case BEGIN, END -> assertion;
        };
    }

    static String wide(String latin) {
        StringBuilder wide = new StringBuilder(latin.length() * 2);
        for (int i = 0; i < latin.length(); i++) {
            wide.append(latin.charAt(i)).append('\0');
        }
        return wide.toString();
    }

    /** The set of each octet, if the parts are nothing but octets and sets; null otherwise. */
    static OctetSet @Nullable [] sets(List<Expression> parts, boolean caseless) {
        List<OctetSet> sets = new ArrayList<>();
        for (Expression part : parts) {
            switch (part) {
                case Expression.Octets octets -> {
                    for (int i = 0; i < octets.latin().length(); i++) {
                        OctetSet set = OctetSet.of(octets.latin().charAt(i));
                        sets.add(caseless ? set.bothCases() : set);
                    }
                }
                case Expression.OneOf one -> sets.add(caseless ? one.set().bothCases() : one.set());
                case Expression.Gap gap
                when gap.min() == gap.max() && gap.max() <= UnitCompiler.GAP_IN_ONE_MAX -> {
                    for (int i = 0; i < gap.min(); i++) {
                        sets.add(OctetSet.ANY);
                    }
                }
                default -> {
                    return null;
                }
            }
        }
        return sets.toArray(OctetSet[]::new);
    }

    /** Whether any lazy or any greedy repetition stands in it decides which of two lengths at one place counts. */
    static boolean isGreedy(Expression expression) {
        return switch (expression) {
            case Expression.Octets octets -> false;
            case Expression.OneOf one -> false;
            case Expression.Gap gap -> false;
            case Expression.Assertion assertion -> false;
            case Expression.Sequence sequence -> sequence.parts().stream().anyMatch(Shape::isGreedy);
            case Expression.Choice choice -> choice.ways().stream().anyMatch(Shape::isGreedy);
            case Expression.Repeat repeat -> !repeat.lazy();
        };
    }
}
