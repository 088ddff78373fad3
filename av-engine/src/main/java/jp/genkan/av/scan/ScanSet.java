package jp.genkan.av.scan;

import java.util.List;

/**
 * Everything that files are held against at a time. Two sets are the same only if they are one object.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class ScanSet {
    /** Looks for nothing. */
    public static final ScanSet EMPTY = new ScanSet(List.of());

    private final List<Signatures> signatures;

    public ScanSet(List<? extends Signatures> signatures) {
        this.signatures = List.copyOf(signatures);
    }

    public List<Signatures> signatures() {
        return signatures;
    }

    /** How many signatures. */
    public long count() {
        return signatures.stream().mapToLong(Signatures::count).sum();
    }

    /** True when there is nothing to look for. */
    public boolean isEmpty() {
        return signatures.isEmpty();
    }
}
