package jp.genkan.av.pattern;

import java.util.List;
import jp.genkan.literals.LiteralCompiler;

/**
 * Compiled patterns.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class PatternSet {
    private final List<Pattern> patterns;

    PatternSet(List<Pattern> patterns, LiteralCompiler compiler) {
        this.patterns = List.copyOf(patterns);
    }

    /** How many; their ids are 0 to this. */
    public int size() {
        return patterns.size();
    }

    /**
     * True when a pattern has no literal that the one pass could look for, so that {@link PatternMatcher#candidate} never names it and nobody
     * can know without looking whether it matches: a signature that could match by it alone has to ask {@link PatternMatcher#count} each time,
     * which costs a search of its own.
     */
    public boolean hasNoLiteral(int pattern) {
        return patterns.get(pattern).flags().isEmpty();
    }

    /** What one thread needs to search. */
    public PatternMatcher matcher() {
        return new PatternMatcher();
    }
}
