package jp.genkan.av.pattern;

/**
 * Signatures that are decided by patterns of a shared {@link PatternSet}: they keep the ids that the builder gave them.
 *
 * <p>Thread rule: immutable, any thread.
 */
public interface PatternRules {
    /** How many signatures. */
    int count();

    /** What one thread needs to decide them. */
    PatternRuleMatcher matcher();
}
