package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * PKZIP's implode: LZSS with Shannon-Fano trees (method 6).
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Implode {
    private static final int LENGTH_MAX = 16;

    private Implode() {}

    /** A tree: words of one length count down, so that bits are read turned over. */
    private static final class Tree {
        private final int[] count = new int[LENGTH_MAX + 1];
        private final int[] symbols;

        private Tree(Octets in, int size) throws IOException {
            byte[] lengths = new byte[size];
            int runs = in.u8() + 1;
            int at = 0;
            for (int i = 0; i < runs; i++) {
                int run = in.u8();
                int times = (run >> 4) + 1;
                if (times > size - at) {
                    throw Octets.broken("implode tree");
                }
                for (int k = 0; k < times; k++) {
                    lengths[at++] = (byte) ((run & 15) + 1);
                }
            }
            if (at != size) {
                throw Octets.broken("implode tree");
            }
            int[] next = new int[LENGTH_MAX + 2];
            for (byte length : lengths) {
                count[length]++;
            }
            for (int i = 1; i <= LENGTH_MAX; i++) {
                next[i + 1] = next[i] + count[i];
            }
            symbols = new int[size];
            for (int i = 0; i < size; i++) {
                symbols[next[lengths[i]]++] = i;
            }
        }

        private int read(BitsLow bits) throws IOException {
            int code = 0;
            int first = 0;
            int index = 0;
            for (int length = 1; length <= LENGTH_MAX; length++) {
                code |= bits.read(1) ^ 1;
                if (code - first < count[length]) {
                    return symbols[index + code - first];
                }
                index += count[length];
                first = first + count[length] << 1;
                code <<= 1;
            }
            throw Octets.broken("no such code word");
        }
    }

    /**
     * Decodes so many octets.
     *
     * @param flags of the zip member: bit 1 large window, bit 2 literals have a tree
     */
    public static void decode(Octets in, Window window, int flags, long size) throws IOException {
        try {
            boolean coded = (flags & 4) != 0;
            Tree literals = coded ? new Tree(in, 256) : null;
            Tree lengths = new Tree(in, 64);
            Tree distances = new Tree(in, 64);
            int low = (flags & 2) != 0 ? 7 : 6;
            BitsLow bits = new BitsLow(in);
            while (window.written() < size) {
                if (bits.read(1) == 1) {
                    window.put(literals != null ? literals.read(bits) : bits.read(8));
                    continue;
                }
                int below = bits.read(low);
                long distance = ((long) distances.read(bits) << low | below) + 1;
                int length = lengths.read(bits);
                length += (length == 63 ? bits.read(8) : 0) + (coded ? 3 : 2);
                window.copy(distance, (int) Math.min(length, size - window.written()));
            }
        } finally {
            window.flush();
        }
    }
}
