package jp.genkan.av.pattern;

import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.scan.SignatureMatcher;
import jp.genkan.av.scan.Signatures;

/**
 * All signatures that share a set of patterns: one pass over the octets, then each kind of rules decides.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class PatternSignatures implements Signatures {
    private final PatternSet patterns;
    private final List<PatternRules> rules;

    /**
     * Joins a set with what uses it.
     *
     * @param rules compiled on the builder of that set
     */
    public PatternSignatures(PatternSet patterns, List<PatternRules> rules) {
        this.patterns = patterns;
        this.rules = List.copyOf(rules);
    }

    @Override
    public int count() {
        int count = 0;
        for (PatternRules one : rules) {
            count += one.count();
        }
        return count;
    }

    @Override
    public SignatureMatcher matcher() {
        return new OnePass(
                patterns.matcher(), rules.stream().map(PatternRules::matcher).toList());
    }

    private record OnePass(PatternMatcher patterns, List<PatternRuleMatcher> matchers) implements SignatureMatcher {
        @Override
        public void match(Content content, FileFacts facts, Detections detections) {
            patterns.scan(content, facts.deadline());
            try {
                for (PatternRuleMatcher matcher : matchers) {
                    matcher.match(content, facts, patterns, detections);
                }
            } finally {
                patterns.release();
            }
        }

        @Override
        public void close() {
            patterns.close();
        }
    }
}
