package jp.genkan.av.pattern;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.Detections;
import jp.genkan.av.scan.FileFacts;

/**
 * Decides the signatures of {@link PatternRules} on one content after the other.
 *
 * <p>Thread rule: one thread.
 */
@FunctionalInterface
public interface PatternRuleMatcher {
    /**
     * Tells the signatures that match.
     *
     * @param patterns has been over the content already: asks it which patterns may match, and where they do
     */
    void match(Content content, FileFacts facts, PatternMatcher patterns, Detections detections);
}
