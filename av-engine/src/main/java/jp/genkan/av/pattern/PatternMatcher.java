package jp.genkan.av.pattern;

import jp.genkan.av.content.Content;

/**
 * Searches contents for the patterns of a set, one content after the other, with memory that is used again. Offsets and lengths are ints: only
 * the first 2 GiB of a content are searched.
 *
 * <p>Thread rule: one thread.
 */
public final class PatternMatcher implements AutoCloseable {
    PatternMatcher() {}

    /**
     * The one pass. Forgets what was found in the content before.
     *
     * @param deadline value of {@link System#nanoTime()} after which searches end early, as if there were nothing more to find
     */
    public void scan(Content content, long deadline) {
        // Until the pass is written nothing is found.
    }

    /** How many patterns had a literal found, so that they may match; the others do not match, but for {@link PatternSet#hasNoLiteral}. */
    public int candidates() {
        return 0;
    }

    /** The id of the n-th of them, in no particular order. */
    public int candidate(int index) {
        return -1;
    }

    /** True when this pattern may match. */
    public boolean isCandidate(int pattern) {
        return false;
    }

    /** True when it matches anywhere. */
    public boolean matches(int pattern) {
        return count(pattern) > 0;
    }

    /** True when it matches exactly there: for a pattern without literals much cheaper than a search. */
    public boolean matchesAt(int pattern, long offset) {
        return false;
    }

    /** How often it matches: once for each offset at most, and at most {@code MATCHES_MAX} times. */
    public int count(int pattern) {
        return 0;
    }

    /** Where it matches for the n-th time, ascending. */
    public int offset(int pattern, int index) {
        return -1;
    }

    /** How many octets its n-th match has. */
    public int length(int pattern, int index) {
        return -1;
    }

    @Override
    public void close() {}
}
