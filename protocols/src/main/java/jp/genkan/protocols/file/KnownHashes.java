package jp.genkan.protocols.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * MD5 and SHA-1 of files that were hashed lately, by their SHA-256: an office fetches the same files again and again, and MD5 takes three times as long as
 * SHA-256 where the processor has instructions for that one. A table of fixed size; a file takes the place of another whose SHA-256 begins alike.
 *
 * <p>Thread rule: one worker.
 */
final class KnownHashes {
    /** Places; a power of two. */
    private static final int PLACES = 1 << 10;

    private final byte[] @Nullable [] keys = new byte[PLACES][];
    private final @Nullable Others[] values = new Others[PLACES];

    /** The other hashes of a file in lower-case hexadecimal; null where one was not made. */
    record Others(@Nullable String md5, @Nullable String sha1) {}

    /** What is known of a file; null when that is not all that is wanted. */
    @Nullable
    Others find(byte[] sha256, boolean wantsMd5, boolean wantsSha1) {
        int place = place(sha256);
        Others found = values[place];
        if (found == null || !Arrays.equals(keys[place], sha256)) {
            return null;
        }
        return wantsMd5 && found.md5 == null || wantsSha1 && found.sha1 == null ? null : found;
    }

    void learn(byte[] sha256, Others others) {
        int place = place(sha256);
        keys[place] = sha256;
        values[place] = others;
    }

    private static int place(byte[] sha256) {
        return (sha256[0] & 0xff | (sha256[1] & 0xff) << 8) & PLACES - 1;
    }
}
