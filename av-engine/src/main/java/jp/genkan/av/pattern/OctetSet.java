package jp.genkan.av.pattern;

/**
 * A set of octet values, one bit each.
 *
 * @param a of 0 to 63
 * @param b of 64 to 127
 * @param c of 128 to 191
 * @param d of 192 to 255
 */
public record OctetSet(long a, long b, long c, long d) {
    public static final OctetSet NONE = new OctetSet(0, 0, 0, 0);
    public static final OctetSet ANY = new OctetSet(-1, -1, -1, -1);

    private static final OctetSet[] ONE = new OctetSet[256];

    static {
        for (int i = 0; i < ONE.length; i++) {
            ONE[i] = NONE.with(i, i);
        }
    }

    /** One value. */
    public static OctetSet of(int value) {
        return ONE[value];
    }

    /** All values that are {@code value} where {@code mask} has ones: {@code 4?} is value 0x40, mask 0xf0. */
    public static OctetSet masked(int value, int mask) {
        if ((mask & 0xff) == 0xff) {
            return of(value & 0xff);
        }
        if ((mask & 0xff) == 0) {
            return ANY;
        }
        OctetSet set = NONE;
        for (int i = 0; i < 256; i++) {
            if ((i & mask) == (value & mask)) {
                set = set.with(i, i);
            }
        }
        return set;
    }

    /** This one and a range. */
    public OctetSet with(int from, int to) {
        long[] words = {a, b, c, d};
        for (int i = from; i <= to; i++) {
            words[i >> 6] |= 1L << i;
        }
        return new OctetSet(words[0], words[1], words[2], words[3]);
    }

    public OctetSet or(OctetSet other) {
        return new OctetSet(a | other.a, b | other.b, c | other.c, d | other.d);
    }

    public OctetSet not() {
        return new OctetSet(~a, ~b, ~c, ~d);
    }

    public boolean has(int value) {
        return ((value < 128 ? (value < 64 ? a : b) : (value < 192 ? c : d)) >>> value & 1) != 0;
    }

    public int size() {
        return Long.bitCount(a) + Long.bitCount(b) + Long.bitCount(c) + Long.bitCount(d);
    }

    /** The smallest value; the set is not empty. */
    public int first() {
        if (a != 0) {
            return Long.numberOfTrailingZeros(a);
        }
        if (b != 0) {
            return 64 + Long.numberOfTrailingZeros(b);
        }
        if (c != 0) {
            return 128 + Long.numberOfTrailingZeros(c);
        }
        if (d != 0) {
            return 192 + Long.numberOfTrailingZeros(d);
        }
        throw new IllegalStateException("an empty set");
    }

    /** With every ASCII letter the same one in the other case. */
    public OctetSet bothCases() {
        // Capitals are the bits 1 to 26 of the second word, small letters the bits 33 to 58.
        long letters = (b >>> 1 | b >>> 33) & 0x3ff_ffffL;
        return letters == 0 ? this : new OctetSet(a, b | letters << 1 | letters << 33, c, d);
    }
}
