package jp.genkan.av.yara.condition;

import java.util.function.IntPredicate;
import jp.genkan.av.yara.module.Undefined;

/**
 * What can be said of a condition when none of its patterns is found.
 *
 * <p>Thread rule: one thread.
 */
final class Absence {
    private static final long UNDEFINED = Undefined.INTEGER;

    /** Nothing can be said. A number that no condition computes by itself. */
    private static final long UNKNOWN = 0xfffa_bada_faba_dafeL;

    private final IntPredicate usable;
    private final IntPredicate ruleRequires;
    /** Whether the string of the innermost loop can be found without being told. */
    private boolean currentUsable;

    /**
     * Prepares.
     *
     * @param usable whether a pattern is told when it is found
     * @param ruleRequires whether a rule never matches without its patterns
     */
    Absence(IntPredicate usable, IntPredicate ruleRequires) {
        this.usable = usable;
        this.ruleRequires = ruleRequires;
    }

    /** True when a condition cannot hold. */
    boolean isFalse(Term term) {
        long value = value(term);
        return value == 0 || value == UNDEFINED;
    }

    private boolean isAbsent(int pattern) {
        return pattern == Term.CURRENT ? currentUsable : usable.test(pattern);
    }

    private long value(Term term) {
        return switch (term) {
            case Term.IntegerConstant constant -> constant.value();
            case Term.BooleanConstant constant -> constant.value() ? 1 : 0;
            case Term.Count count -> isAbsent(count.pattern()) ? 0 : UNKNOWN;
            case Term.Offset offset -> isAbsent(offset.pattern()) ? UNDEFINED : UNKNOWN;
            case Term.Length length -> isAbsent(length.pattern()) ? UNDEFINED : UNKNOWN;
            case Term.Found found -> isAbsent(found.pattern()) ? 0 : UNKNOWN;
            case Term.FoundAt found -> isAbsent(found.pattern()) ? 0 : UNKNOWN;
            case Term.FoundIn found -> isAbsent(found.pattern()) ? 0 : UNKNOWN;
            case Term.And and -> and(and);
            case Term.Or or -> or(or);
            case Term.Not not -> not(value(not.of()));
            case Term.Defined defined -> value(defined.of()) == UNDEFINED ? 0 : UNKNOWN;
            case Term.Binary binary -> binary(binary);
            case Term.ReadInteger read -> value(read.at()) == UNDEFINED ? UNDEFINED : UNKNOWN;
            case Term.OfStrings of -> ofStrings(of);
            case Term.ForStrings loop -> forStrings(loop);
            case Term.ForRange loop -> loop(loop.quantifier(), loop.body());
            case Term.ForNumbers loop -> loop(loop.quantifier(), loop.body());
            case Term.ForArray loop -> loop(loop.quantifier(), loop.body());
            case Term.ForDictionary loop -> loop(loop.quantifier(), loop.body());
            case Term.RuleReference reference -> ruleRequires.test(reference.rule()) ? 0 : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private long and(Term.And and) {
        long result = 1;
        for (Term part : and.of()) {
            long value = value(part);
            if (value == 0 || value == UNDEFINED) {
                return 0;
            }
            if (value == UNKNOWN) {
                result = UNKNOWN;
            }
        }
        return result;
    }

    private long or(Term.Or or) {
        long result = UNDEFINED;
        for (Term way : or.of()) {
            long value = value(way);
            if (value == UNKNOWN || result == UNKNOWN) {
                result = UNKNOWN;
            } else if (value != UNDEFINED) {
                if (value != 0) {
                    return 1;
                }
                result = 0;
            }
        }
        return result;
    }

    private static long not(long value) {
        return value == UNKNOWN || value == UNDEFINED ? value : value == 0 ? 1 : 0;
    }

    private long binary(Term.Binary binary) {
        long left = value(binary.left());
        long right = value(binary.right());
        if (left == UNDEFINED || right == UNDEFINED) {
            return UNDEFINED;
        }
        return left == UNKNOWN || right == UNKNOWN ? UNKNOWN : Integers.apply(binary.operator(), left, right);
    }

    /** How many are wanted at least; 0 when that is not known before a scan. */
    static long wanted(Term.Quantifier quantifier, int of) {
        return switch (quantifier.kind()) {
            case ALL -> of;
            case ANY -> 1;
            case NONE -> 0;
            case COUNT -> quantifier.number() instanceof Term.IntegerConstant constant ? constant.value() : 0;
            case PERCENT ->
                quantifier.number() instanceof Term.IntegerConstant constant
                        ? (long) Math.ceil(constant.value() * of / 100.0)
                        : 0;
        };
    }

    private long ofStrings(Term.OfStrings of) {
        int others = 0;
        for (int pattern : of.patterns()) {
            others += isAbsent(pattern) ? 0 : 1;
        }
        return wanted(of.quantifier(), of.patterns().size()) > others ? 0 : UNKNOWN;
    }

    private long forStrings(Term.ForStrings loop) {
        boolean outer = currentUsable;
        currentUsable = loop.patterns().stream().allMatch(pattern -> usable.test(pattern));
        long result = loop(loop.quantifier(), loop.body());
        currentUsable = outer;
        return result;
    }

    private long loop(Term.Quantifier quantifier, Term body) {
        // Of a loop without turns nothing is true but "none".
        boolean wantsOne = quantifier.kind() == Term.QuantifierKind.ANY || wanted(quantifier, 1) > 0;
        return wantsOne && quantifier.kind() != Term.QuantifierKind.ALL && isFalse(body) ? 0 : UNKNOWN;
    }
}
