package jp.genkan.av.harmless.coding;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Streams of Brotli (RFC 7932) of an exact length: meta-blocks that are not compressed. Stateless. */
public final class BrotliStream {
    /** Octets of a meta-block's head that says a length in four nibbles, and of the empty last one. */
    private static final int BLOCK_HEAD = 3;

    private static final int LAST = 1;
    private static final int BLOCK_MAX = 65_536;

    private BrotliStream() {}

    /** A stream; null when there is no room for one. */
    public static byte @Nullable [] of(int length, IntFunction<byte[]> content) {
        int left = length - LAST;
        if (left < BLOCK_HEAD + 1) {
            return null;
        }
        int blocks = (left + BLOCK_HEAD + BLOCK_MAX - 1) / (BLOCK_HEAD + BLOCK_MAX);
        byte[] text = content.apply(left - blocks * BLOCK_HEAD);
        byte[] out = new byte[length];
        int at = 0;
        int from = 0;
        for (int i = 0; i < blocks; i++) {
            int size = Math.min(BLOCK_MAX, text.length - from - (blocks - 1 - i));
            // the stream begins with a bit for its window (16), each block with one that says it is not the last and
            // two for four nibbles
            int head = size - 1 << (i == 0 ? 4 : 3) | 1 << (i == 0 ? 20 : 19);
            out[at] = (byte) head;
            out[at + 1] = (byte) (head >> 8);
            out[at + 2] = (byte) (head >> 16);
            System.arraycopy(text, from, out, at + BLOCK_HEAD, size);
            at += BLOCK_HEAD + size;
            from += size;
        }
        out[at] = 3; // the last one, empty
        return out;
    }
}
