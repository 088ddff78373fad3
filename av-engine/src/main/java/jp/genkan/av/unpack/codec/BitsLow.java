package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * Bits, the lowest of each octet first, as in deflate.
 *
 * <p>Thread rule: one thread.
 */
public final class BitsLow {
    /** Octets behind the end that may be looked at, since tables look at more bits than a code has. */
    private static final int BEYOND_MAX = 8;

    private final Octets octets;
    private long bits;
    private int count;
    private int beyond;

    public BitsLow(Octets octets) {
        this.octets = octets;
    }

    private void fill(int wanted) throws IOException {
        while (count < wanted) {
            int octet = octets.read();
            if (octet < 0) {
                if (++beyond > BEYOND_MAX) {
                    throw Octets.ended();
                }
                octet = 0;
            }
            bits |= (long) octet << count;
            count += 8;
        }
    }

    /** Bits that come next, without taking them: at most 32. */
    public int peek(int wanted) throws IOException {
        fill(wanted);
        return (int) (bits & (1L << wanted) - 1);
    }

    /** Takes bits that were peeked. */
    public void skip(int taken) throws IOException {
        bits >>>= taken;
        count -= taken;
        if (beyond > 0 && count < 8 * beyond) {
            throw Octets.ended();
        }
    }

    /** Takes bits: at most 32. */
    public int read(int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        int value = peek(wanted);
        skip(wanted);
        return value;
    }

    /** Drops bits up to the next whole octet. */
    public void align() throws IOException {
        skip(count & 7);
    }

    /** Where the next octet lies in the source; only after {@link #align}. */
    public long position() {
        return octets.position() - (count >> 3) + beyond;
    }
}
