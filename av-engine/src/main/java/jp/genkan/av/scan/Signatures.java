package jp.genkan.av.scan;

/**
 * A compiled set of signatures, or of rules that need none: whatever can say of octets that they are bad.
 *
 * <p>Thread rule: immutable, any thread.
 */
public interface Signatures {
    /** How many there are. */
    int count();

    /** What one thread needs to look for them. */
    SignatureMatcher matcher();
}
