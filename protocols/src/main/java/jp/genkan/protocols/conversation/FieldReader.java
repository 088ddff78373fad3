package jp.genkan.protocols.conversation;

import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads the fields of a message one after the other, in either byte order. Beyond the end everything is zero or empty, and {@link #hasFailed} says so: a reader
 * need not ask before each field.
 *
 * <p>Thread rule: one owner; good as long as the array is.
 */
public final class FieldReader {
    private final byte[] octets;
    private final int to;
    private final boolean little;
    private int at;
    private boolean failed;

    /** Reads from here to there. */
    public FieldReader(byte[] octets, int from, int to, ByteOrder order) {
        this.octets = octets;
        this.at = from;
        this.to = Math.max(from, to);
        this.little = order == ByteOrder.LITTLE_ENDIAN;
    }

    /** True when something was read that is not there. */
    public boolean hasFailed() {
        return failed;
    }

    /** Octets that are left. */
    public int remaining() {
        return to - at;
    }

    /** Index of the next octet in the array. */
    public int position() {
        return at;
    }

    private boolean has(long count) {
        if (count >= 0 && count <= to - at) {
            return true;
        }
        failed = true;
        at = to;
        return false;
    }

    /** An unsigned number of one to eight octets. */
    public long number(int count) {
        if (!has(count)) {
            return 0;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            int place = little ? at + count - 1 - i : at + i;
            value = value << 8 | octets[place] & 0xff;
        }
        at += count;
        return value;
    }

    public int u8() {
        return (int) number(1);
    }

    public int u16() {
        return (int) number(2);
    }

    /** Four octets, unsigned. */
    public long u32() {
        return number(4);
    }

    /** Passes over octets. */
    public void skip(long count) {
        if (has(count)) {
            at += (int) count;
        }
    }

    /** So many octets; empty when they are not there. */
    public byte[] octets(long count) {
        if (!has(count)) {
            return new byte[0];
        }
        at += (int) count;
        return Arrays.copyOfRange(octets, at - (int) count, at);
    }

    /** So many octets as a text. */
    public String text(long count) {
        if (!has(count)) {
            return "";
        }
        at += (int) count;
        return OctetText.of(octets, at - (int) count, at);
    }

    /** A text up to the next zero octet, which is passed over; to the end when there is none. */
    public String zeroText() {
        int end = at;
        while (end < to && octets[end] != 0) {
            end++;
        }
        String text = OctetText.of(octets, at, end);
        failed |= end == to;
        at = Math.min(to, end + 1);
        return text;
    }

    /** A reader of the next octets, which are passed over here; of what there is when they are cut. */
    public FieldReader part(long count) {
        int length = Math.clamp(count, 0, to - at);
        failed |= length != count;
        at += length;
        return new FieldReader(octets, at - length, at, little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }
}
