package jp.genkan.av.yara;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.av.pattern.PatternMatcher;
import jp.genkan.av.pattern.PatternRuleMatcher;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.condition.Evaluation;

/**
 * Decides rules on one content after the other. A rule's name is told once, however many files have a rule of that name.
 *
 * <p>Thread rule: one thread.
 */
final class YaraRuleMatcher implements PatternRuleMatcher {
    private final YaraRules rules;
    private final Evaluation evaluation;
    private final List<Evaluation.Guard> guards = new ArrayList<>();
    private final List<Evaluation.Guard> gates = new ArrayList<>();
    private final int[] stageOfGate;
    private final BitSet toLookAt = new BitSet();
    private final Set<String> told = new HashSet<>();

    YaraRuleMatcher(YaraRules rules) {
        this.rules = rules;
        this.evaluation = new Evaluation(rules.conditions());
        for (YaraRules.Group group : rules.groups()) {
            guards.add(Evaluation.Guard.of(group.shared()));
        }
        rules.gates().keySet().forEach(gate -> gates.add(Evaluation.Guard.of(gate)));
        stageOfGate =
                rules.gates().values().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void match(Content content, FileFacts facts, PatternMatcher patterns, Detections detections) {
        evaluation.begin(content, facts, patterns);
        try {
            collect(patterns);
            for (int rule = toLookAt.nextSetBit(0); rule >= 0; rule = toLookAt.nextSetBit(rule + 1)) {
                if (evaluation.holds(rule)
                        && globalsHold(rule)
                        && told.add(rules.rule(rule).name())) {
                    detections.add(new Detection(rules.rule(rule).name(), Detection.Kind.SIGNATURE));
                }
            }
        } finally {
            evaluation.end();
            toLookAt.clear();
            told.clear();
        }
    }

    private void collect(PatternMatcher patterns) {
        for (int i = 0; i < stageOfGate.length; i++) {
            if (evaluation.holds(gates.get(i))) {
                patterns.search(stageOfGate[i]);
            }
        }
        for (int i = 0; i < patterns.candidates(); i++) {
            int pattern = patterns.candidate(i);
            int[] of = rules.rulesOfPattern(pattern);
            // What its rules ask for besides may take another pass over the content: not for a literal alone.
            if (of.length > 0 && patterns.matches(pattern)) {
                for (int rule : of) {
                    toLookAt.set(rule);
                }
            }
        }
        for (int i = 0; i < guards.size(); i++) {
            if (evaluation.holds(guards.get(i))) {
                for (int rule : rules.groups().get(i).rules()) {
                    toLookAt.set(rule);
                }
            }
        }
    }

    private boolean globalsHold(int rule) {
        for (int global : rules.globals(rule)) {
            if (!evaluation.holds(global)) {
                return false;
            }
        }
        return true;
    }
}
