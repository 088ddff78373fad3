package jp.genkan.protocols.file;

import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.OctetBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one file from its first octet to its last: its size, its hashes, and its type by its first octets. Keeps {@link MagicType#HEAD_MAX} octets
 * at most, and only until its type is known.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class FileTracker {
    /** Where ISO 9660 has the first volume descriptor's identifier "CD001" (ECMA-119 §8.1), far behind the octets by which other types are known. */
    private static final long ISO_AT = 0x8001;

    private static final String ISO_MARK = "CD001";

    private final TransferredFile file;
    private final HashingPool pool;
    private @Nullable Hashing hashing;
    private @Nullable OctetBuffer head;
    private MagicType type = MagicType.EMPTY;
    private int nextLook = 1;
    private boolean headDone;
    private int isoMatched;

    /** Follows a file that has just been opened. */
    public FileTracker(TransferredFile file, HashingPool pool) {
        this.file = file;
        this.pool = pool;
        this.hashing = pool.take(file);
    }

    /** The file that is followed. */
    public TransferredFile file() {
        return file;
    }

    /** What it looks like so far. */
    public MagicType type() {
        return type;
    }

    /** Octets that come next in it. */
    public void onOctets(byte[] octets, int from, int to) {
        if (from >= to) {
            return;
        }
        if (!headDone) {
            look(octets, from, to);
        } else if (isoMatched < ISO_MARK.length() && file.size() < ISO_AT + ISO_MARK.length()) {
            lookForIso(octets, from, to);
        }
        file.grow(to - (long) from);
        if (hashing != null) {
            hashing.update(octets, from, to);
        }
    }

    private void look(byte[] octets, int from, int to) {
        if (head == null && to - from >= MagicType.HEAD_MAX) {
            found(MagicType.of(octets, from, from + MagicType.HEAD_MAX));
            headDone = true;
        } else {
            OctetBuffer buffer = head == null ? new OctetBuffer(MagicType.HEAD_MAX) : head;
            head = buffer;
            buffer.append(octets, from, Math.min(to, from + buffer.room()));
            if (buffer.length() >= nextLook) {
                found(MagicType.of(buffer.array(), buffer.begin(), buffer.end()));
                nextLook = Math.min(buffer.length() * 2, MagicType.HEAD_MAX); // few looks, however small the pieces
            }
            if (buffer.room() == 0) {
                endOfHead();
            }
        }
        if (headDone && file.size() + (to - from) > ISO_AT) {
            lookForIso(octets, from, to);
        }
    }

    private void found(MagicType found) {
        type = found;
        file.type(found.mediaType());
    }

    private void endOfHead() {
        if (head != null) {
            found(MagicType.of(head.array(), head.begin(), head.end()));
            head = null;
        } else {
            found(MagicType.EMPTY);
        }
        headDone = true;
    }

    private void lookForIso(byte[] octets, int from, int to) {
        long first = file.size();
        int mark = ISO_MARK.length();
        for (long at = ISO_AT + isoMatched; at >= first && at < first + (to - from) && isoMatched < mark; at++) {
            if (octets[(int) (from + at - first)] != ISO_MARK.charAt(isoMatched)) {
                isoMatched = mark + 1;
                return;
            }
            isoMatched++;
        }
        if (isoMatched == mark && type == MagicType.UNKNOWN) {
            found(MagicType.ISO);
        }
    }

    /** Octets are missing. Nothing behind them counts for the type, and there will be no hash. */
    public void onGap(long missing) {
        if (missing <= 0) {
            return;
        }
        if (!headDone) {
            endOfHead();
        }
        isoMatched = ISO_MARK.length() + 1;
        file.markGap();
        file.grow(missing);
        giveBack();
    }

    /** The file is over: its type, state and hashes are final. A file with gaps is truncated whatever is said here. */
    public void close(FileState state) {
        if (!headDone) {
            endOfHead();
        }
        FileState reached = state == FileState.CLOSED && file.hasGaps() ? FileState.TRUNCATED : state;
        if (reached == FileState.CLOSED && hashing != null) {
            hashing.finish(file);
        }
        giveBack();
        file.state(reached);
    }

    private void giveBack() {
        if (hashing != null) {
            pool.give(hashing);
            hashing = null;
        }
    }
}
