package jp.genkan.av.stage;

import java.util.concurrent.atomic.AtomicReference;
import jp.genkan.av.scan.ScanSet;

/**
 * The signatures in force.
 *
 * <p>Thread rule: any thread; the set is replaced by one reference, which workers and the pool take between files.
 */
public final class SignatureBase {
    private final AtomicReference<ScanSet> current = new AtomicReference<>(ScanSet.EMPTY);

    /** The set in force. */
    public ScanSet current() {
        return current.get();
    }

    /** Puts another set in force; files that are being looked at end with the one they began with. */
    public void replace(ScanSet set) {
        current.set(set);
    }
}
