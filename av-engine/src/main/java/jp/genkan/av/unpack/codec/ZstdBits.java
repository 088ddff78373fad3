package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * Bits read backwards from a block's end, as zstd's entropy coders do; zeros stand before the first.
 *
 * <p>Thread rule: one thread.
 */
final class ZstdBits {
    /** More bits than a sequence or four literals may take from before the start. */
    private static final int BEFORE_MAX = 1 << 8;

    private final byte[] block;
    private final int from;
    private long left;

    ZstdBits(byte[] block, int from, int to) throws IOException {
        if (to <= from || block[to - 1] == 0) {
            throw Octets.broken("zstd bit stream");
        }
        this.block = block;
        this.from = from;
        int marker = 31 - Integer.numberOfLeadingZeros(block[to - 1] & 0xff);
        this.left = (to - from - 1) * 8L + marker;
    }

    /** At most 32. */
    int read(int count) throws IOException {
        left -= count;
        if (left < -BEFORE_MAX) {
            throw Octets.broken("zstd bit stream ends early");
        }
        return at(left, count);
    }

    /** Bits that come next, without taking them. */
    int peek(int count) {
        return at(left - count, count);
    }

    private int at(long bit, int count) {
        if (count == 0) {
            return 0;
        }
        long value = 0;
        int first = (int) (bit >> 3);
        int last = (int) (bit + count - 1 >> 3);
        for (int i = last; i >= first; i--) {
            value = value << 8 | (i < 0 ? 0 : block[from + i] & 0xff);
        }
        return (int) (value >>> (bit & 7) & (1L << count) - 1);
    }

    long left() {
        return left;
    }
}
