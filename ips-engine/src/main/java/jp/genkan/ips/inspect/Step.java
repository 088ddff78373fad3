package jp.genkan.ips.inspect;

/**
 * One thing that a rule asks of a buffer. Steps stand in a list; each goes on from where the last match ended and, when those behind it fail, may try
 * its next place.
 *
 * <p>Thread rule: immutable, shared.
 */
public abstract class Step {
    /**
     * Tries this step and, where it holds, those behind it.
     *
     * @param inspection the buffer, and the index at which the last match ended
     * @param index of this step in the list that is being tried: {@link Inspection#rest} goes on behind it
     * @return true when this step and all behind it hold
     */
    protected abstract boolean match(Inspection inspection, int index);

    /** True when it counts from where the last match ended. */
    public boolean isRelative() {
        return false;
    }

    /** True when a buffer that has not come in whole yet may turn the answer from yes to no: a negated content. */
    public boolean needsWhole() {
        return false;
    }
}
