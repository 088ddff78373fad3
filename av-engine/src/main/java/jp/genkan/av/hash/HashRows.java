package jp.genkan.av.hash;

import java.nio.charset.StandardCharsets;
import jp.genkan.av.source.SourceLines;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of one form.
 *
 * <p>Thread rule: one thread.
 */
abstract class HashRows {
    /** Takes what a row says. */
    @FunctionalInterface
    interface Sink {
        void add(HashKind kind, byte[] hash, long size, String name);
    }

    /**
     * Takes a row.
     *
     * @return what is wrong with it; null when it was taken or says nothing
     */
    abstract @Nullable String row(SourceLines line, Sink to);

    /** Octets of a hash that is written in hexadecimal; null when it is none of the known lengths. */
    static byte @Nullable [] hash(SourceLines line, int from, int to) {
        int length = (to - from) / 2;
        if ((to - from) % 2 != 0 || length > 32 || HashKind.of(length, false) == null) {
            return null;
        }
        byte[] hash = new byte[length];
        for (int i = 0; i < length; i++) {
            int high = digit(line.octet(from + 2 * i));
            int low = digit(line.octet(from + 2 * i + 1));
            if (high < 0 || low < 0) {
                return null;
            }
            hash[i] = (byte) (high << 4 | low);
        }
        return hash;
    }

    static int digit(int octet) {
        return octet < 0x80 ? Character.digit(octet, 16) : -1;
    }

    static String text(SourceLines line, int from, int to) {
        return Names.clean(line.text(from, to, StandardCharsets.UTF_8));
    }

    static boolean isBlank(SourceLines line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.octet(i) > ' ') {
                return false;
            }
        }
        return true;
    }
}
