package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * ARJ's method 4: LZSS with unary classes of length and distance.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class ArjFastest {
    private static final int LENGTH_WIDTH_MAX = 7;
    private static final int DISTANCE_WIDTH_MIN = 9;
    private static final int DISTANCE_WIDTH_MAX = 13;

    private ArjFastest() {}

    /** Decodes so many octets. */
    public static void decode(Octets in, Window window, long size) throws IOException {
        BitsHigh bits = new BitsHigh(in);
        try {
            while (window.written() < size) {
                int length = number(bits, 0, LENGTH_WIDTH_MAX);
                if (length == 0) {
                    window.put(bits.read(8));
                } else {
                    long distance = number(bits, DISTANCE_WIDTH_MIN, DISTANCE_WIDTH_MAX) + 1L;
                    window.copy(distance, (int) Math.min(length + 2, size - window.written()));
                }
            }
        } finally {
            window.flush();
        }
    }

    private static int number(BitsHigh bits, int from, int to) throws IOException {
        int base = 0;
        int width = from;
        while (width < to && bits.read(1) == 1) {
            base += 1 << width;
            width++;
        }
        return base + bits.read(width);
    }
}
