package jp.genkan.av.unpack.codec;

import java.io.IOException;

/**
 * Bits, the highest of each octet first, as in LHA, bzip2 and RAR.
 *
 * <p>Thread rule: one thread.
 */
public final class BitsHigh {
    /** Octets behind the end that may be looked at, since tables look at more bits than a code has. */
    private static final int BEYOND_MAX = 8;

    private final Octets octets;
    private final boolean words;
    private long bits;
    private int count;
    private int beyond;

    public BitsHigh(Octets octets) {
        this(octets, false);
    }

    private BitsHigh(Octets octets, boolean words) {
        this.octets = octets;
        this.words = words;
    }

    /** Bits of little-endian words of 16, the highest of each word first. */
    public static BitsHigh words(Octets octets) {
        return new BitsHigh(octets, true);
    }

    /** Bits that come next, without taking them: at most 32. */
    public int peek(int wanted) throws IOException {
        while (count < wanted) {
            if (words) {
                int low = octet();
                bits = bits << 16 | octet() << 8 | low;
                count += 16;
            } else {
                bits = bits << 8 | octet();
                count += 8;
            }
        }
        return (int) (bits >>> count - wanted & (1L << wanted) - 1);
    }

    private int octet() throws IOException {
        int octet = octets.read();
        if (octet < 0) {
            if (++beyond > BEYOND_MAX) {
                throw Octets.ended();
            }
            return 0;
        }
        return octet;
    }

    /** Takes bits that were peeked. */
    public void skip(int taken) throws IOException {
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

    /** Drops bits up to the next whole word of 16; returns how many. */
    public int alignWord() throws IOException {
        int dropped = count & 15;
        skip(dropped);
        return dropped;
    }

    /** Where the next octet lies in the source; only after {@link #align}. */
    public long position() {
        return octets.position() - (count >> 3) + beyond;
    }

    /** How many bits of the source have been taken. */
    public long bitPosition() {
        return (octets.position() + beyond) * 8 - count;
    }
}
