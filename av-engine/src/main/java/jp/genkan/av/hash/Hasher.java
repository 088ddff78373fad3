package jp.genkan.av.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * Hashes octets by several digests at once, so that they come from memory once.
 *
 * <p>Thread rule: one thread.
 */
final class Hasher {
    /** Octets that all digests take before the next are read: they stay in the second-level cache. */
    private static final int CHUNK = 64 << 10;

    private final byte[] chunk = new byte[CHUNK];
    private final Map<HashKind, MessageDigest> digests = new EnumMap<>(HashKind.class);
    private final @Nullable MessageDigest[] running = new MessageDigest[HashKind.values().length];

    /** Asks for a digest in the next pass. */
    void want(HashKind kind) {
        running[kind.ordinal()] = digests.computeIfAbsent(kind, Hasher::digest);
    }

    private static MessageDigest digest(HashKind kind) {
        try {
            return MessageDigest.getInstance(kind.algorithm());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has " + kind.algorithm(), impossible);
        }
    }

    /**
     * Hashes a part of a file.
     *
     * @return false when the time was over before
     */
    boolean pass(Content content, long at, long length, FileFacts facts) {
        MemorySegment octets = content.octets();
        for (long done = 0; done < length; done += CHUNK) {
            if (facts.isLate()) {
                return false;
            }
            int count = (int) Math.min(CHUNK, length - done);
            MemorySegment.copy(octets, ValueLayout.JAVA_BYTE, at + done, chunk, 0, count);
            for (@Nullable MessageDigest digest : running) {
                if (digest != null) {
                    digest.update(chunk, 0, count);
                }
            }
        }
        return true;
    }

    /** Gives a pass up. */
    void forget() {
        for (int i = 0; i < running.length; i++) {
            MessageDigest digest = running[i];
            if (digest != null) {
                digest.reset();
                running[i] = null;
            }
        }
    }

    /** The hash of what was passed; null when it was not wanted. */
    byte @Nullable [] take(HashKind kind) {
        MessageDigest digest = running[kind.ordinal()];
        running[kind.ordinal()] = null;
        return digest == null ? null : digest.digest();
    }
}
