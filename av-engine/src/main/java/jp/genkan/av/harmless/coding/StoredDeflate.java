package jp.genkan.av.harmless.coding;

import java.util.function.IntFunction;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Streams of DEFLATE (RFC 1951) of an exact length.
 *
 * <pre>
 *   a stored block            5 octets and up to 65,535 of content
 *   a block of fixed codes    n octets hold n - 2 octets of ASCII: for what is too short for a stored one
 *   padding                   stored blocks without content (5 octets), with empty blocks of fixed codes before them (6, 7)
 * </pre>
 *
 * Stateless.
 */
public final class StoredDeflate {
    /** RFC 1951 §3.2.4. */
    private static final int BLOCK_HEAD = 5;

    private static final int BLOCK_MAX = 65_535;

    /** The shortest stream there is: an empty block of fixed codes. */
    public static final int LENGTH_MIN = 2;

    /** Codes of fixed blocks for literals below 144 begin here and have eight bits (RFC 1951 §3.2.6). */
    private static final int FIXED_BASE = 0x30;

    private StoredDeflate() {}

    /**
     * A stream of this length, and what it inflates to.
     *
     * @param content made for the number of octets that there is room for; ASCII where that is less than {@value #BLOCK_HEAD}
     * @return null when it is too short for any stream
     */
    public static @Nullable Made of(int length, IntFunction<byte[]> content) {
        if (length < LENGTH_MIN) {
            return null;
        }
        if (length < 2 * BLOCK_HEAD) {
            byte[] text = content.apply(length - 2);
            return new Made(fixed(text), text);
        }
        byte[] text = content.apply(room(length));
        byte[] out = new byte[length];
        int at = 0;
        int from = 0;
        while (at < length) {
            int block = block(length - at);
            store(out, at, text, from, block - BLOCK_HEAD, at + block == length);
            from += block - BLOCK_HEAD;
            at += block;
        }
        return new Made(out, text);
    }

    /**
     * A stream and its content.
     *
     * @param stream compressed
     * @param content plain
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Made(byte[] stream, byte[] content) {}

    private static int room(int length) {
        int room = 0;
        int at = 0;
        while (at < length) {
            int block = block(length - at);
            room += block - BLOCK_HEAD;
            at += block;
        }
        return room;
    }

    /** Octets of the next block, so that what is left is none or enough for one. */
    private static int block(int left) {
        int most = BLOCK_HEAD + BLOCK_MAX;
        if (left <= most) {
            return left;
        }
        return left - most < BLOCK_HEAD ? most - BLOCK_HEAD : most;
    }

    private static void store(byte[] out, int at, byte[] text, int from, int length, boolean isLast) {
        out[at] = (byte) (isLast ? 1 : 0);
        out[at + 1] = (byte) length;
        out[at + 2] = (byte) (length >> 8);
        out[at + 3] = (byte) ~length;
        out[at + 4] = (byte) (~length >> 8);
        System.arraycopy(text, from, out, at + BLOCK_HEAD, length);
    }

    /** One block of fixed codes: two octets more than its text. */
    private static byte[] fixed(byte[] text) {
        Bits bits = new Bits(text.length + 2);
        bits.low(1, 1);
        bits.low(1, 2);
        for (byte octet : text) {
            bits.high(FIXED_BASE + (octet & 0x7f), 8);
        }
        bits.high(0, 7);
        return bits.octets();
    }

    /**
     * Content compressed to exactly this many octets; null when it does not get small enough.
     *
     * @param content plain
     */
    public static byte @Nullable [] compressed(byte[] content, int length) {
        byte[] out = new byte[length];
        for (int level : new int[] {Deflater.BEST_COMPRESSION, Deflater.DEFAULT_COMPRESSION, Deflater.BEST_SPEED}) {
            int used = flushed(content, level, out);
            if (used >= 0 && pad(out, used)) {
                return out;
            }
        }
        return null;
    }

    /** Compresses without a last block, up to an octet's end; returns octets, -1 when there is no room. */
    private static int flushed(byte[] content, int level, byte[] out) {
        Deflater deflater = new Deflater(level, true);
        try {
            deflater.setInput(content);
            int used = 0;
            int made = 1;
            while (made > 0 && used < out.length) {
                made = deflater.deflate(out, used, out.length - used, Deflater.SYNC_FLUSH);
                used += made;
            }
            return used < out.length ? used : -1;
        } finally {
            deflater.end();
        }
    }

    /** Fills up with blocks without content, the last one being the stream's. */
    private static boolean pad(byte[] out, int from) {
        int at = from;
        int left = out.length - at;
        if (!isSum(left) || left == 0) {
            return false;
        }
        while (left > 0) {
            int take = piece(left);
            Bits bits = new Bits(take);
            for (int i = 0; i < (take == 9 ? 3 : take - BLOCK_HEAD); i++) {
                bits.low(0, 1);
                bits.low(1, 2);
                bits.high(0, 7);
            }
            bits.low(take == left ? 1 : 0, 1);
            bits.low(0, 2);
            byte[] block = bits.octets();
            block[take - 2] = (byte) 0xff;
            block[take - 1] = (byte) 0xff;
            System.arraycopy(block, 0, out, at, take);
            at += take;
            left -= take;
        }
        return true;
    }

    /** The next piece of five, six, seven or nine octets, so that what is left is a sum of such pieces. */
    private static int piece(int left) {
        if (left >= BLOCK_HEAD && left <= 7 || left == 9) {
            return left;
        }
        return isSum(left - BLOCK_HEAD) ? BLOCK_HEAD : 6;
    }

    private static boolean isSum(int octets) {
        return octets == 0 || octets >= BLOCK_HEAD && octets != 8;
    }

    /** Writes bits from the lowest of each octet on. */
    private static final class Bits {
        private final byte[] octets;
        private int at;

        Bits(int length) {
            octets = new byte[length];
        }

        void low(int value, int count) {
            for (int i = 0; i < count; i++) {
                bit(value >> i & 1);
            }
        }

        void high(int value, int count) {
            for (int i = count - 1; i >= 0; i--) {
                bit(value >> i & 1);
            }
        }

        private void bit(int value) {
            octets[at >> 3] |= (byte) (value << (at & 7));
            at++;
        }

        byte[] octets() {
            return octets;
        }
    }
}
