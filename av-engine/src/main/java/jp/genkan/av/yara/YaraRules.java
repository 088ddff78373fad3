package jp.genkan.av.yara;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.pattern.PatternRuleMatcher;
import jp.genkan.av.pattern.PatternRules;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.yara.condition.CompiledConditions;
import jp.genkan.av.yara.condition.Rule;
import jp.genkan.av.yara.condition.Term;
import org.jspecify.annotations.Nullable;

/**
 * Compiled rules. A rule is looked at only when a pattern that it requires was found, or, if it requires none, when the condition holds that it
 * shares with others of its kind.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class YaraRules implements PatternRules {
    private final List<Rule> rules;
    private final CompiledConditions conditions;
    /** For each pattern the rules to look at when it was found. */
    private final int[][] rulesOfPattern;

    private final List<Group> groups = new ArrayList<>();
    /** For each rule the global rules of its file. */
    private final int[][] globals;

    /**
     * Rules that may match without a pattern.
     *
     * @param shared a condition that has to hold for all of them then; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never handed out of the package
    record Group(@Nullable Term shared, int[] rules) {}

    /** Gates and the stages of patterns that are searched when they hold. */
    private final Map<Term, Integer> gates;

    YaraRules(List<Rule> rules, RulePlan plan, PatternSet patterns) {
        this.rules = List.copyOf(rules);
        this.conditions = CompiledConditions.of(rules);
        Map<Integer, List<Integer>> byPattern = new HashMap<>();
        Map<@Nullable Term, List<Integer>> byGuard = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).visibility() == Rule.Visibility.PRIVATE) {
                continue; // looked at when another rule asks for it
            }
            int rule = i;
            RulePlan.Needs needs = plan.needs(i);
            if (needs == null) {
                byGuard.computeIfAbsent(null, _ -> new ArrayList<>()).add(rule);
            } else {
                needs.guards()
                        .forEach(guard -> byGuard.computeIfAbsent(guard, _ -> new ArrayList<>())
                                .add(rule));
                needs.patterns()
                        .forEach(pattern -> byPattern
                                .computeIfAbsent(pattern, _ -> new ArrayList<>())
                                .add(rule));
            }
        }
        byGuard.forEach((guard, of) -> groups.add(new Group(guard, ints(of))));
        rulesOfPattern = new int[patterns.size()][];
        Arrays.setAll(rulesOfPattern, i -> ints(byPattern.getOrDefault(i, List.of())));
        gates = plan.gates();
        globals = globals();
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[][] globals() {
        Map<Integer, List<Integer>> byFile = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).scope() == Rule.Scope.GLOBAL) {
                byFile.computeIfAbsent(rules.get(i).namespace(), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        int[][] all = new int[rules.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = ints(byFile.getOrDefault(rules.get(i).namespace(), List.of()));
        }
        return all;
    }

    @Override
    public int count() {
        return rules.size();
    }

    @Override
    public PatternRuleMatcher matcher() {
        return new YaraRuleMatcher(this);
    }

    /** How many rules require no pattern, and by how many conditions they are decided first: for logs. */
    public String describe() {
        int always = 0;
        int unguarded = 0;
        for (Group group : groups) {
            always += group.rules().length;
            unguarded += group.shared() == null ? group.rules().length : 0;
        }
        return rules.size() + " rules, " + always + " require no pattern: " + unguarded
                + " of them are looked at always, the others by " + groups.size() + " conditions";
    }

    CompiledConditions conditions() {
        return conditions;
    }

    Rule rule(int index) {
        return rules.get(index);
    }

    int[] rulesOfPattern(int pattern) {
        return rulesOfPattern[pattern];
    }

    Map<Term, Integer> gates() {
        return gates;
    }

    List<Group> groups() {
        return groups;
    }

    int[] globals(int rule) {
        return globals[rule];
    }
}
