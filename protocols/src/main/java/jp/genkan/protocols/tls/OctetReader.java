package jp.genkan.protocols.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads numbers and vectors of a message, big-endian. Beyond the end it reads zeros and remembers that it failed, so that a reader need not ask before
 * each field.
 *
 * <p>Thread rule: one owner; good as long as the array is.
 */
public final class OctetReader {
    private final byte[] octets;
    private final int end;
    private int at;
    private boolean failed;

    /** Reads from here to there. */
    public OctetReader(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.end = to;
    }

    /** True when something was read that is not there. */
    public boolean hasFailed() {
        return failed;
    }

    /** Octets that are left. */
    public int remaining() {
        return end - at;
    }

    /** Index in the array of the next octet. */
    public int position() {
        return at;
    }

    /** An octet. */
    public int u8() {
        if (at >= end) {
            failed = true;
            return 0;
        }
        return octets[at++] & 0xff;
    }

    /** Two octets. */
    public int u16() {
        return u8() << 8 | u8();
    }

    /** Three octets. */
    public int u24() {
        return u16() << 8 | u8();
    }

    /** Four octets, as they are. */
    public int u32() {
        return u16() << 16 | u16();
    }

    /** Passes over octets; over all that are left when there are fewer. */
    public void skip(int count) {
        at += available(count);
    }

    /** The next octets as a reader of their own, and passes over them. Shorter when there are fewer. */
    public OctetReader vector(int count) {
        int from = at;
        at += available(count);
        return new OctetReader(octets, from, at);
    }

    /** A copy of the next octets; shorter when there are fewer. */
    public byte[] copy(int count) {
        int from = at;
        at += available(count);
        return Arrays.copyOfRange(octets, from, at);
    }

    /** The next octets as text, one character an octet. */
    public String latin(int count) {
        int from = at;
        at += available(count);
        return new String(octets, from, at - from, StandardCharsets.ISO_8859_1);
    }

    /** All that is left as numbers of two octets, no more than the given maximum. */
    public int[] u16List(int entriesMax) {
        int[] list = new int[Math.min(remaining() / 2, entriesMax)];
        for (int i = 0; i < list.length; i++) {
            list[i] = u16();
        }
        return list;
    }

    /** All that is left as numbers of one octet. */
    public int[] u8List() {
        int[] list = new int[remaining()];
        for (int i = 0; i < list.length; i++) {
            list[i] = u8();
        }
        return list;
    }

    private int available(int count) {
        if (count < 0 || count > end - at) {
            failed = true;
            return Math.max(end - at, 0);
        }
        return count;
    }
}
