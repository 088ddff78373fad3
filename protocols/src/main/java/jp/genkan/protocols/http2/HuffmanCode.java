package jp.genkan.protocols.http2;

import java.io.ByteArrayOutputStream;

/**
 * The Huffman code of RFC 7541, Appendix B. The code is canonical: the lengths of its words say everything.
 *
 * <p>Thread rule: immutable.
 */
final class HuffmanCode {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;
    private static final int EOS = 256;
    private static final int PADDING_MAX = 7;

    /** Length of each octet's word, and of EOS. */
    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, //
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, //
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, //
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, //
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, //
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, //
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, //
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, //
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, //
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, //
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, //
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, //
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, //
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, //
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, //
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, //
        30
    };

    /** Octets in the order of their words. */
    private static final short[] SYMBOLS = new short[LENGTHS.length];

    /** First word of each length, and where its octet stands in {@link #SYMBOLS}. */
    private static final int[] FIRST_WORD = new int[LONGEST + 2];

    private static final int[] FIRST_SYMBOL = new int[LONGEST + 2];

    static {
        int word = 0;
        int symbol = 0;
        for (int length = SHORTEST; length <= LONGEST + 1; length++) {
            FIRST_WORD[length] = word;
            FIRST_SYMBOL[length] = symbol;
            for (int octet = 0; octet < LENGTHS.length; octet++) {
                if (LENGTHS[octet] == length) {
                    SYMBOLS[symbol++] = (short) octet;
                    word++;
                }
            }
            word <<= 1;
        }
    }

    private HuffmanCode() {}

    /** Decodes octets; false when they are not of this code. */
    static boolean decode(byte[] octets, int from, int to, ByteArrayOutputStream out) {
        long bits = 0;
        int count = 0;
        int at = from;
        while (true) {
            while (count <= 32 && at < to) {
                bits = bits << 8 | octets[at++] & 0xff;
                count += 8;
            }
            int length = wordLength(bits, count);
            if (length < 0) {
                long rest = bits & (1L << count) - 1;
                return count <= PADDING_MAX && rest == (1L << count) - 1;
            }
            int word = (int) (bits >>> count - length & (1L << length) - 1);
            int symbol = SYMBOLS[FIRST_SYMBOL[length] + word - FIRST_WORD[length]];
            if (symbol == EOS) {
                return false;
            }
            out.write(symbol);
            count -= length;
        }
    }

    private static int wordLength(long bits, int count) {
        for (int length = SHORTEST; length <= Math.min(LONGEST, count); length++) {
            int word = (int) (bits >>> count - length & (1L << length) - 1);
            int words = FIRST_SYMBOL[length + 1] - FIRST_SYMBOL[length];
            if (word - FIRST_WORD[length] < words) {
                return length;
            }
        }
        return -1;
    }
}
