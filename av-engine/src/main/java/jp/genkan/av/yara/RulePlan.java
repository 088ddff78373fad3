package jp.genkan.av.yara;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.yara.condition.Requirement;
import jp.genkan.av.yara.condition.Rule;
import jp.genkan.av.yara.condition.Term;
import org.jspecify.annotations.Nullable;

/**
 * What each rule requires, and so which patterns are looked for when:
 *
 * <ol>
 *   <li>patterns that rules require whatever the content is: in the pass over every content;
 *   <li>patterns that are required only by rules of one gate (a condition on a few octets that many rules share, such as the magic number of
 *       programs): in a pass over contents that it holds for;
 *   <li>all others: by some thousand in a pass of their own, when a rule asks whose required patterns were found.
 * </ol>
 *
 * <p>Thread rule: one thread.
 */
final class RulePlan {
    /** Rules that a gate needs: with fewer, a pass of their own costs more than their patterns do in the pass over every content. */
    private static final int GATE_RULES_MIN = 50;

    /** Literals of one pass for patterns that nobody requires: as many as stay in a processor's second cache. */
    private static final int LITERALS_A_STAGE = 2_000;

    /** And of those that are kept apart: fewer, as each hit costs. */
    private static final int COMMON_A_STAGE = 200;

    /** Patterns that are found more often than this, in bits, are kept apart: their literals of two and three octets slow a pass down. */
    private static final int RARITY_MIN = 22;

    private static final int NO_GATE = -1;

    private final List<@Nullable Needs> needs = new ArrayList<>();
    private final List<Integer> gateOfRule = new ArrayList<>();
    private final List<Term> gates = new ArrayList<>();
    private final Map<Integer, Integer> stageOfGate = new HashMap<>();
    private final Map<Term, Integer> shared;

    /**
     * What has to be there for a rule to match: any of these.
     *
     * @param patterns found
     * @param guards conditions that hold and ask for no pattern, cheap ones where there are
     */
    record Needs(Set<Integer> patterns, Set<Term> guards) {}

    /**
     * Plans.
     *
     * @param rarity of a pattern; 0 when it is found without being told
     */
    RulePlan(List<Rule> rules, IntUnaryOperator rarity) {
        List<Term> ways = new ArrayList<>();
        rules.forEach(rule -> ways.addAll(ways(rule.condition())));
        shared = Requirement.sharedConditions(ways);
        Requirement requirement = new Requirement(rarity);
        for (Rule rule : rules) {
            Set<Integer> required = requirement.next(rule.condition());
            needs.add(required == null ? ofWays(rule.condition(), requirement) : new Needs(required, Set.of()));
            gateOfRule.add(gate(best(rule.condition())));
        }
    }

    private static List<Term> ways(Term condition) {
        return condition instanceof Term.Or or ? or.of() : List.of(condition);
    }

    /** Null when one of the ways in which a condition can hold needs nothing. */
    private @Nullable Needs ofWays(Term condition, Requirement requirement) {
        Set<Integer> patterns = new LinkedHashSet<>();
        Set<Term> guards = new LinkedHashSet<>();
        for (Term way : ways(condition)) {
            Set<Integer> required = requirement.of(way);
            Term guard = required == null ? best(way) : null;
            if (required != null) {
                patterns.addAll(required);
            } else if (guard != null) {
                guards.add(guard);
            } else if (Requirement.asksNoPattern(way)) {
                guards.add(way);
            } else {
                return null;
            }
        }
        return new Needs(patterns, guards);
    }

    /** The cheap condition that has to hold for another one and that most rules share; those on octets before those on the size. */
    private @Nullable Term best(Term condition) {
        Term best = null;
        for (Term part : Requirement.parts(condition)) {
            if (shared.containsKey(part) && (best == null || weight(part) > weight(best))) {
                best = part;
            }
        }
        return best;
    }

    private int weight(Term part) {
        return shared.getOrDefault(part, 0) + (Requirement.readsOctets(part) ? shared.size() : 0);
    }

    /** A gate for a condition if it is good for one. */
    private int gate(@Nullable Term condition) {
        if (condition == null
                || shared.getOrDefault(condition, 0) < GATE_RULES_MIN
                || !Requirement.readsOctets(condition)) {
            return NO_GATE;
        }
        int known = gates.indexOf(condition);
        if (known < 0) {
            gates.add(condition);
            return gates.size() - 1;
        }
        return known;
    }

    /** What a rule needs; null when it may match without anything. */
    @Nullable
    Needs needs(int rule) {
        return needs.get(rule);
    }

    /** Stages that have to be searched when a gate holds. */
    Map<Term, Integer> gates() {
        Map<Term, Integer> stages = new LinkedHashMap<>();
        stageOfGate.forEach((gate, stage) -> stages.put(gates.get(gate), stage));
        return stages;
    }

    /**
     * Postpones what need not be looked for in every content.
     *
     * @param mayPostpone patterns of these rules
     */
    void postpone(List<Rule> rules, Set<Integer> mayPostpone, PatternSetBuilder builder) {
        Set<Integer> left = new TreeSet<>(mayPostpone);
        Map<Integer, Set<Integer>> gatesOfPattern = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Needs of = needs.get(i);
            if (of != null && rules.get(i).visibility() != Rule.Visibility.PRIVATE) {
                int gate = gateOfRule.get(i);
                of.patterns()
                        .forEach(pattern -> gatesOfPattern
                                .computeIfAbsent(pattern, _ -> new HashSet<>())
                                .add(gate));
            }
        }
        left.removeAll(gatesOfPattern.keySet());
        gatesOfPattern.forEach((pattern, of) -> {
            int gate = of.iterator().next();
            if (of.size() == 1 && gate != NO_GATE && mayPostpone.contains(pattern)) {
                builder.postpone(pattern, stageOfGate.computeIfAbsent(gate, _ -> builder.newStage()));
            }
        });
        left.removeIf(pattern -> builder.rarity(pattern) == 0);
        Set<Integer> common = new TreeSet<>(left);
        common.removeIf(pattern -> builder.rarity(pattern) >= RARITY_MIN);
        left.removeAll(common);
        share(left, builder, LITERALS_A_STAGE);
        share(common, builder, COMMON_A_STAGE);
    }

    /** Patterns of one rule have neighbouring ids, and so mostly the same stage. */
    private static void share(Set<Integer> patterns, PatternSetBuilder builder, int most) {
        int literals = most;
        int stage = PatternSetBuilder.FIRST_STAGE;
        for (int pattern : patterns) {
            if (literals >= most) {
                stage = builder.newStage();
                literals = 0;
            }
            builder.postpone(pattern, stage);
            literals += builder.literals(pattern);
        }
    }
}
