package jp.genkan.av.unpack.http;

/**
 * The first bits of deflated octets (RFC 1951 §3.2). Three quarters of noise begin with what no decoder takes, and nine tenths of the rest with codes that are
 * none: asking a decoder costs a thousand times as much.
 */
final class DeflateHead {
    private static final int STORED = 0;
    private static final int DYNAMIC = 2;
    private static final int INVALID = 3;

    /** More codes than there are lengths and distances. */
    private static final int LENGTHS_MAX = 286;

    private static final int DISTANCES_MAX = 30;

    /** Lengths of the code for code lengths have three bits: a complete code fills 2^7. */
    private static final int COMPLETE = 1 << 7;

    private DeflateHead() {}

    /** False when every decoder refuses the first block. */
    static boolean mayBegin(byte[] octets, int begin) {
        if (octets.length - begin < 5) {
            return true;
        }
        return switch (bits(octets, begin, 1, 2)) {
            case STORED ->
                (octets[begin + 1] ^ octets[begin + 3]) == -1 && (octets[begin + 2] ^ octets[begin + 4]) == -1;
            case DYNAMIC -> hasCode(octets, begin);
            case INVALID -> false;
            default -> true;
        };
    }

    private static boolean hasCode(byte[] octets, int begin) {
        if (bits(octets, begin, 3, 5) + 257 > LENGTHS_MAX || bits(octets, begin, 8, 5) + 1 > DISTANCES_MAX) {
            return false;
        }
        int count = bits(octets, begin, 13, 4) + 4;
        if ((octets.length - begin) * 8 < 17 + 3 * count) {
            return true;
        }
        int filled = 0;
        for (int i = 0; i < count; i++) {
            int length = bits(octets, begin, 17 + 3 * i, 3);
            filled += length == 0 ? 0 : COMPLETE >> length;
        }
        return filled == COMPLETE;
    }

    /** Bits are counted from the lowest of each octet. */
    private static int bits(byte[] octets, int begin, int from, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (octets[begin + (from + i >> 3)] >> (from + i & 7) & 1) << i;
        }
        return value;
    }
}
