package jp.genkan.protocols.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/** The hash functions of one worker, kept so that a file costs no new ones. Thread rule: one worker. */
public final class HashingPool {
    /** Octets up to which a file is kept until its SHA-256 is there. */
    static final int ROOM = 128 << 10;

    /** Files that are kept at a time, in 4 MiB at most; the others are hashed as they come. */
    static final int ROOMS_MAX = 32;

    /** Most that are kept for later, about 1.5 KiB each; as many files as a busy worker has open at a time. More are made when needed and dropped after. */
    static final int KEPT_MAX = 256;

    private final HashChoice choice;
    private final BooleanSupplier sha1Asked;
    private final Deque<Hashing> kept = new ArrayDeque<>(KEPT_MAX);
    private final Deque<byte[]> rooms = new ArrayDeque<>(ROOMS_MAX);
    private final KnownHashes known = new KnownHashes();
    private int roomsTaken;

    /** A pool that makes these hashes. */
    public HashingPool(HashChoice choice) {
        this(choice, () -> false);
    }

    /**
     * A pool that makes these hashes.
     *
     * @param sha1Asked asked when a file begins: whether its SHA-1 is wanted though it is not chosen
     */
    public HashingPool(HashChoice choice, BooleanSupplier sha1Asked) {
        this.choice = choice;
        this.sha1Asked = sha1Asked;
    }

    /** Fresh hash functions for a file that begins; null when no hash is to be made. */
    @Nullable
    Hashing take(TransferredFile file) {
        boolean sha1 = choice.sha1() || sha1Asked.getAsBoolean();
        if (!sha1 && !choice.isAny()) {
            return null;
        }
        Hashing hashing = kept.pollLast();
        if (hashing == null) {
            hashing = new Hashing(choice, this);
        }
        hashing.begin(sha1, file.announcedSize());
        return hashing;
    }

    /** Gives them back, in whatever state. */
    void give(Hashing hashing) {
        hashing.reset();
        if (kept.size() < KEPT_MAX) {
            kept.addLast(hashing);
        }
    }

    int kept() {
        return kept.size();
    }

    /** Room for a small file; null when too many have one. */
    byte @Nullable [] takeRoom() {
        if (roomsTaken == ROOMS_MAX) {
            return null;
        }
        roomsTaken++;
        byte[] room = rooms.pollLast();
        return room == null ? new byte[ROOM] : room;
    }

    void giveRoom(byte[] room) {
        roomsTaken--;
        rooms.addLast(room);
    }

    KnownHashes known() {
        return known;
    }
}
