package jp.genkan.protocols.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/** The running hashes of one file; used again for the next. Thread rule: one worker. */
final class Hashing {
    private static final HexFormat HEX = HexFormat.of();

    private final @Nullable MessageDigest md5;
    private final @Nullable MessageDigest sha1;
    private final @Nullable MessageDigest sha256;

    Hashing(HashChoice choice) {
        md5 = choice.md5() ? digest("MD5") : null;
        sha1 = choice.sha1() ? digest("SHA-1") : null;
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

    void update(byte[] octets, int from, int to) {
        update(md5, octets, from, to);
        update(sha1, octets, from, to);
        update(sha256, octets, from, to);
    }

    private static void update(@Nullable MessageDigest digest, byte[] octets, int from, int to) {
        if (digest != null) {
            digest.update(octets, from, to - from);
        }
    }

    /** Writes the hashes into the file, and is ready for the next. */
    void finish(TransferredFile file) {
        file.hashes(hex(md5), hex(sha1), hex(sha256));
    }

    private static @Nullable String hex(@Nullable MessageDigest digest) {
        return digest == null ? null : HEX.formatHex(digest.digest());
    }

    /** Forgets what came, and is ready for the next. */
    void reset() {
        reset(md5);
        reset(sha1);
        reset(sha256);
    }

    private static void reset(@Nullable MessageDigest digest) {
        if (digest != null) {
            digest.reset();
        }
    }
}
