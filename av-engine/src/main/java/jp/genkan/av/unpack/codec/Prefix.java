package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * A prefix code (canonical Huffman code) by the lengths of its words: the shorter first, those of one length in the order of their symbols.
 *
 * <p>Thread rule: immutable.
 */
public final class Prefix {
    /** No method has longer words. */
    private static final int LENGTH_MAX = 24;

    /** Words up to so many bits are found in one step. */
    private static final int FAST = 9;

    private final int[] count = new int[LENGTH_MAX + 1];
    private final int[] symbols;
    private final short[] fast = new short[1 << FAST];
    private final byte[] fastLength = new byte[1 << FAST];
    private final int longest;
    private final boolean low;

    private Prefix(byte[] lengths, int from, int size, boolean low) throws IOException {
        this.low = low;
        int top = 0;
        for (int i = 0; i < size; i++) {
            int length = lengths[from + i];
            if (length < 0 || length > LENGTH_MAX) {
                throw Octets.broken("code length");
            }
            count[length]++;
            top = Math.max(top, length);
        }
        count[0] = 0;
        longest = top;
        int[] next = new int[LENGTH_MAX + 2];
        int[] code = new int[LENGTH_MAX + 2];
        for (int length = 1; length <= top; length++) {
            next[length + 1] = next[length] + count[length];
            code[length + 1] = code[length] + count[length] << 1;
            if (code[length] + count[length] > 1 << length) {
                throw Octets.broken("too many code words");
            }
        }
        symbols = new int[size];
        for (int symbol = 0; symbol < size; symbol++) {
            int length = lengths[from + symbol];
            if (length > 0) {
                symbols[next[length]++] = symbol;
                enter(symbol, code[length]++, length);
            }
        }
    }

    private void enter(int symbol, int code, int length) {
        if (length > FAST) {
            return;
        }
        int first = low ? Integer.reverse(code) >>> 32 - length : code << FAST - length;
        int step = low ? 1 << length : 1;
        int entries = 1 << FAST - length;
        for (int i = 0; i < entries; i++) {
            fast[first + i * step] = (short) symbol;
            fastLength[first + i * step] = (byte) length;
        }
    }

    /** A code whose words come highest bit first, read from {@link BitsHigh}. */
    public static Prefix high(byte[] lengths, int from, int size) throws IOException {
        return new Prefix(lengths, from, size, false);
    }

    /** A code read from {@link BitsLow}. */
    public static Prefix low(byte[] lengths, int from, int size) throws IOException {
        return new Prefix(lengths, from, size, true);
    }

    /** True when it has no word at all. */
    public boolean isEmpty() {
        return longest == 0;
    }

    /** The next symbol. */
    public int read(BitsHigh bits) throws IOException {
        int look = bits.peek(FAST);
        if (fastLength[look] > 0) {
            bits.skip(fastLength[look]);
            return fast[look] & 0xffff;
        }
        int all = longest == 0 ? 0 : bits.peek(longest);
        int first = 0;
        int index = 0;
        for (int length = 1; length <= longest; length++) {
            int code = all >>> longest - length;
            if (code - first < count[length]) {
                bits.skip(length);
                return symbols[index + code - first];
            }
            index += count[length];
            first = first + count[length] << 1;
        }
        throw Octets.broken("no such code word");
    }

    /** The next symbol. */
    public int read(BitsLow bits) throws IOException {
        int look = bits.peek(FAST);
        if (fastLength[look] > 0) {
            bits.skip(fastLength[look]);
            return fast[look] & 0xffff;
        }
        int all = longest == 0 ? 0 : bits.peek(longest);
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= longest; length++) {
            code |= all >>> length - 1 & 1;
            if (code - first < count[length]) {
                bits.skip(length);
                return symbols[index + code - first];
            }
            index += count[length];
            first = first + count[length] << 1;
            code <<= 1;
        }
        throw Octets.broken("no such code word");
    }
}
