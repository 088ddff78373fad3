package jp.genkan.dataplane.stream;

/**
 * Up to where the receiver of a segment had the stream before it: the one number that it takes an RST with (RFC 5961 §3.2).
 *
 * <p>Thread rule: one worker.
 */
public final class Expectation {
    private boolean known;
    private int sequence;

    Expectation() {}

    /** A new frame: nothing is known of it yet. */
    public void clear() {
        known = false;
    }

    public void set(int next) {
        known = true;
        sequence = next;
    }

    /** The number, or another one where it is not known. */
    public int or(int otherwise) {
        return known ? sequence : otherwise;
    }
}
