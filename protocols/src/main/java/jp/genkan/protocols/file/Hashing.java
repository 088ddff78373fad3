package jp.genkan.protocols.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/**
 * The running hashes of one file; used again for the next. The octets of a small file are kept until its SHA-256 is there: when a file with that one was hashed
 * lately, its other hashes are known and need not be made.
 *
 * <p>Thread rule: one worker.
 */
final class Hashing {
    private static final HexFormat HEX = HexFormat.of();

    private final HashingPool pool;
    private final @Nullable MessageDigest md5;
    private final MessageDigest sha1;
    private final @Nullable MessageDigest sha256;
    private boolean makesSha1;

    /** Octets of the file so far; null when they are hashed as they come. */
    private byte @Nullable [] kept;

    private int length;

    Hashing(HashChoice choice, HashingPool pool) {
        this.pool = pool;
        md5 = choice.md5() ? digest("MD5") : null;
        sha1 = digest("SHA-1");
        sha256 = choice.sha256() ? digest("SHA-256") : null;
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "the Java runtime has no " + name + ", which every Java runtime must have", e);
        }
    }

    /**
     * A file begins.
     *
     * @param withSha1 whether its SHA-1 is wanted
     * @param announced octets that it is said to have, -1 when nothing is said
     */
    void begin(boolean withSha1, long announced) {
        makesSha1 = withSha1;
        boolean others = md5 != null || withSha1;
        kept = sha256 != null && others && announced <= HashingPool.ROOM ? pool.takeRoom() : null;
        length = 0;
    }

    void update(byte[] octets, int from, int to) {
        if (sha256 != null) {
            sha256.update(octets, from, to - from);
        }
        byte[] room = kept;
        if (room != null && to - from <= room.length - length) {
            System.arraycopy(octets, from, room, length, to - from);
            length += to - from;
            return;
        }
        if (room != null) {
            updateOthers(room, 0, length);
            giveRoom(room);
        }
        updateOthers(octets, from, to);
    }

    private void updateOthers(byte[] octets, int from, int to) {
        if (md5 != null) {
            md5.update(octets, from, to - from);
        }
        if (makesSha1) {
            sha1.update(octets, from, to - from);
        }
    }

    private void giveRoom(byte[] room) {
        pool.giveRoom(room);
        kept = null;
    }

    /** Writes the hashes into the file. */
    void finish(TransferredFile file) {
        byte[] strong = sha256 == null ? null : sha256.digest();
        byte[] room = kept;
        if (strong == null || room == null) {
            tell(file, others(), strong);
            return;
        }
        KnownHashes.Others known = pool.known().find(strong, md5 != null, makesSha1);
        if (known == null) {
            updateOthers(room, 0, length);
            known = others();
            pool.known().learn(strong, known);
        }
        giveRoom(room);
        tell(file, known, strong);
    }

    private KnownHashes.Others others() {
        return new KnownHashes.Others(
                md5 == null ? null : HEX.formatHex(md5.digest()), makesSha1 ? HEX.formatHex(sha1.digest()) : null);
    }

    private void tell(TransferredFile file, KnownHashes.Others others, byte @Nullable [] strong) {
        file.hashes(others.md5(), makesSha1 ? others.sha1() : null, strong == null ? null : HEX.formatHex(strong));
    }

    /** Forgets what came, and is ready for the next. */
    void reset() {
        if (kept != null) {
            giveRoom(kept);
        }
        if (md5 != null) {
            md5.reset();
        }
        sha1.reset();
        if (sha256 != null) {
            sha256.reset();
        }
    }
}
