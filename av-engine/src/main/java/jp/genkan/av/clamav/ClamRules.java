package jp.genkan.av.clamav;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.pattern.PatternMatcher;
import jp.genkan.av.pattern.PatternRuleMatcher;
import jp.genkan.av.pattern.PatternRules;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;

/**
 * Compiled signatures: by each pattern the signatures that have it, so that only those are decided that may match.
 *
 * <p>Thread rule: immutable, any thread.
 */
final class ClamRules implements PatternRules {
    private final List<ClamSignature> signatures;
    private final List<MemberSignature> members;
    private final Map<Integer, int[]> byPattern;
    private final int[] always;

    ClamRules(List<ClamSignature> signatures, List<MemberSignature> members, PatternSet patterns) {
        this.signatures = List.copyOf(signatures);
        this.members = List.copyOf(members);
        Map<Integer, List<Integer>> lists = new HashMap<>();
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < signatures.size(); i++) {
            boolean ask = signatures.get(i).matchesWithoutPatterns();
            for (Subsignature part : signatures.get(i).parts()) {
                if (part.pattern() >= 0) {
                    lists.computeIfAbsent(part.pattern(), pattern -> new ArrayList<>())
                            .add(i);
                    ask |= part instanceof Subsignature.Body && patterns.hasNoLiteral(part.pattern());
                }
            }
            if (ask) {
                others.add(i);
            }
        }
        this.byPattern = new HashMap<>();
        lists.forEach((pattern, list) -> byPattern.put(pattern, ints(list)));
        this.always = ints(others);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int count() {
        return signatures.size() + members.size();
    }

    @Override
    public PatternRuleMatcher matcher() {
        return new Matcher();
    }

    /** Thread rule: one thread. */
    private final class Matcher implements PatternRuleMatcher {
        private static final int LOOKS_AT_CLOCK = 64;

        private final int[] seen = new int[signatures.size()];
        private int content;
        private int decided;

        @Override
        public void match(Content octets, FileFacts facts, PatternMatcher patterns, Detections detections) {
            for (MemberSignature member : members) {
                if (member.matches(facts, octets.size())) {
                    detections.add(new Detection(member.name(), Detection.Kind.SIGNATURE));
                }
            }
            if (signatures.isEmpty() || patterns.candidates() == 0 && always.length == 0) {
                return;
            }
            content++;
            Subsignature.Match match = new Subsignature.Match(patterns, Program.of(octets), octets);
            decide(always, match, facts, detections);
            for (int i = 0; i < patterns.candidates(); i++) {
                int[] own = byPattern.get(patterns.candidate(i));
                if (own != null && !decide(own, match, facts, detections)) {
                    return;
                }
            }
        }

        /** Decides signatures, each once a content; false when time is over. */
        private boolean decide(int[] which, Subsignature.Match match, FileFacts facts, Detections detections) {
            for (int index : which) {
                if (seen[index] == content) {
                    continue;
                }
                seen[index] = content;
                if (++decided % LOOKS_AT_CLOCK == 0 && facts.isLate()) {
                    return false;
                }
                ClamSignature signature = signatures.get(index);
                if (signature.matches(match, facts)) {
                    detections.add(new Detection(signature.name(), Detection.Kind.SIGNATURE));
                }
            }
            return true;
        }
    }
}
