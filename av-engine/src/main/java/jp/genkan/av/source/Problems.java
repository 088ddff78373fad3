package jp.genkan.av.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Problems in the order in which they are met. All are counted, the first are kept.
 *
 * <p>Thread rule: one thread.
 */
public final class Problems {
    /** Problems that are kept: more than anybody reads, and a file of 10 million broken lines costs no memory. */
    public static final int KEPT_MAX = 1_000;

    /** Characters of a reason that are kept. */
    private static final int REASON_MAX = 300;

    private final List<Problem> kept = new ArrayList<>();
    private long count;

    /** Notes a problem. */
    public void add(String file, long line, String reason) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(new Problem(file, line, reason.length() > REASON_MAX ? reason.substring(0, REASON_MAX) : reason));
        }
    }

    /** How many there were. */
    public long count() {
        return count;
    }

    /** The first of them. */
    public List<Problem> kept() {
        return List.copyOf(kept);
    }
}
