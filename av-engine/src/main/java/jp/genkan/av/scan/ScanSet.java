package jp.genkan.av.scan;

import java.util.List;
import java.util.Set;

/**
 * Everything that files are held against at a time. Two sets are the same only if they are one object. It remembers what was found with it, and another set knows
 * nothing of that.
 *
 * <p>Thread rule: immutable but for its memory of results; any thread.
 */
public final class ScanSet {
    /** Looks for nothing. */
    public static final ScanSet EMPTY = new ScanSet(List.of());

    private final List<Signatures> signatures;
    private final List<Signatures> allowed;
    private final Set<String> ignored;
    private final ResultCache results = new ResultCache();

    /** Nothing is allowed or ignored. */
    public ScanSet(List<? extends Signatures> signatures) {
        this(signatures, List.of(), Set.of());
    }

    /**
     * A set.
     *
     * @param signatures looked for
     * @param allowed of octets that these know nothing is told
     * @param ignored names of signatures that are not told
     */
    public ScanSet(List<? extends Signatures> signatures, List<? extends Signatures> allowed, Set<String> ignored) {
        this.signatures = List.copyOf(signatures);
        this.allowed = List.copyOf(allowed);
        this.ignored = Set.copyOf(ignored);
    }

    /** Those that know harmless files. */
    public List<Signatures> allowed() {
        return allowed;
    }

    /** True when a signature of this name is not told. */
    public boolean ignores(String name) {
        return !ignored.isEmpty() && ignored.contains(name);
    }

    /** What was found with it before. */
    ResultCache results() {
        return results;
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
