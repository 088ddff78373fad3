package jp.genkan.protocols.file;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The hash functions of one worker, kept so that a file costs no new ones. Thread rule: one worker. */
public final class HashingPool {
    /** Most that are kept for later, about 1.5 KiB each; as many files as a busy worker has open at a time. More are made when needed and dropped after. */
    static final int KEPT_MAX = 256;

    private final HashChoice choice;
    private final Deque<Hashing> kept = new ArrayDeque<>(KEPT_MAX);

    /** A pool that makes these hashes. */
    public HashingPool(HashChoice choice) {
        this.choice = choice;
    }

    /** Fresh hash functions; null when no hash is to be made. */
    @Nullable
    Hashing take() {
        if (!choice.isAny()) {
            return null;
        }
        Hashing hashing = kept.pollLast();
        return hashing == null ? new Hashing(choice) : hashing;
    }

    /** Gives them back, in whatever state. */
    void give(Hashing hashing) {
        if (kept.size() < KEPT_MAX) {
            hashing.reset();
            kept.addLast(hashing);
        }
    }

    int kept() {
        return kept.size();
    }
}
