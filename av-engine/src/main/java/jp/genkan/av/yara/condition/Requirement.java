package jp.genkan.av.yara.condition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of which one has to be found for a condition to hold, as few and as rare ones as can be said: a rule whose patterns are not found is
 * not looked at.
 *
 * <p>Thread rule: one thread.
 */
public final class Requirement {
    private static final int UNUSABLE = 0;

    private final IntUnaryOperator rarity;
    private final Absence absence;
    private final List<@Nullable Set<Integer>> ofRules = new ArrayList<>();

    /**
     * Prepares for the rules of a set.
     *
     * @param rarity of a pattern; 0 when it cannot be required, because it is found without being told
     */
    public Requirement(IntUnaryOperator rarity) {
        this.rarity = rarity;
        this.absence = new Absence(pattern -> isUsable(pattern), rule -> ofRules.get(rule) != null);
    }

    private boolean isUsable(int pattern) {
        return pattern >= 0 && rarity.applyAsInt(pattern) != UNUSABLE;
    }

    /**
     * Says what the next rule requires; rules come in their order.
     *
     * @return null when it may match without any pattern; empty when it never matches
     */
    public @Nullable Set<Integer> next(Term condition) {
        Set<Integer> required = of(condition);
        ofRules.add(required);
        return required;
    }

    /** What a condition requires by the side of the rules that came before. */
    public @Nullable Set<Integer> of(Term term) {
        return switch (term) {
            case Term.And and -> ofAnd(and.of());
            case Term.Or or -> ofOr(or.of());
            case Term.OfStrings of -> ofStrings(of);
            case Term.RuleReference reference -> ofRules.get(reference.rule());
            default -> absence.isFalse(term) ? all(term) : null;
        };
    }

    private @Nullable Set<Integer> ofAnd(List<Term> parts) {
        Set<Integer> best = null;
        for (Term part : parts) {
            Set<Integer> required = of(part);
            if (required != null && (best == null || cost(required) < cost(best))) {
                best = required;
            }
        }
        return best;
    }

    private @Nullable Set<Integer> ofOr(List<Term> ways) {
        Set<Integer> union = new LinkedHashSet<>();
        for (Term way : ways) {
            Set<Integer> required = of(way);
            if (required == null) {
                return null;
            }
            union.addAll(required);
        }
        return union;
    }

    private @Nullable Set<Integer> ofStrings(Term.OfStrings of) {
        List<Integer> usable = new ArrayList<>(of.patterns());
        usable.removeIf(pattern -> !isUsable(pattern));
        int others = of.patterns().size() - usable.size();
        long wanted = Absence.wanted(of.quantifier(), of.patterns().size()) - others;
        if (wanted < 1) {
            return null;
        }
        // Of the commonest ones all but one may be missing.
        usable.sort((a, b) -> rarity.applyAsInt(b) - rarity.applyAsInt(a));
        long enough = usable.size() - wanted + 1;
        return enough < 1 ? Set.of() : new LinkedHashSet<>(usable.subList(0, (int) enough));
    }

    /** How often one of them is found, roughly. */
    private double cost(Set<Integer> required) {
        double cost = 0;
        for (int pattern : required) {
            cost += Math.pow(2, -rarity.applyAsInt(pattern));
        }
        return cost;
    }

    /** Every usable pattern that stands in a term, and those that rules in it require. */
    private Set<Integer> all(Term term) {
        Set<Integer> all = new LinkedHashSet<>();
        Terms.walk(term, part -> {
            switch (part) {
                case Term.RuleReference reference -> addRule(reference.rule(), all);
                case Term.OfRules rules -> rules.rules().forEach(rule -> addRule(rule, all));
                default -> all.addAll(Terms.patterns(part));
            }
        });
        all.removeIf(pattern -> !isUsable(pattern));
        return all;
    }

    private void addRule(int rule, Set<Integer> into) {
        Set<Integer> required = ofRules.get(rule);
        if (required != null) {
            into.addAll(required);
        }
    }

    /** A condition that many rules without required patterns share, so that one look at it decides all of them. */
    public static Map<Term, Integer> sharedConditions(List<Term> conditions) {
        Map<Term, Integer> shared = new HashMap<>();
        for (Term condition : conditions) {
            for (Term part : parts(condition)) {
                if (Terms.isCheap(part)) {
                    shared.merge(part, 1, Integer::sum);
                }
            }
        }
        return shared;
    }

    /** True when a cheap condition is one on octets of the content, and not on its size. */
    public static boolean readsOctets(Term term) {
        boolean[] size = {false};
        boolean[] octets = {false};
        Terms.walk(term, part -> {
            size[0] |= part instanceof Term.FileSize;
            octets[0] |= part instanceof Term.ReadInteger;
        });
        return octets[0] && !size[0];
    }

    /** True when a condition can be decided without a look for patterns. */
    public static boolean asksNoPattern(Term term) {
        boolean[] none = {true};
        Terms.walk(
                term,
                part -> none[0] &= Terms.patterns(part).isEmpty()
                        && !(part instanceof Term.RuleReference)
                        && !(part instanceof Term.OfRules));
        return none[0];
    }

    /** What a condition is an And of, at its top. */
    public static List<Term> parts(Term condition) {
        return condition instanceof Term.And and ? and.of() : List.of(condition);
    }
}
