package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;

/**
 * The last octets that a decoder wrote, to copy from, and the way out for all. Its memory grows with what was written, up to the size that the
 * format announces, so that an announcement alone costs nothing.
 *
 * <p>Thread rule: one thread.
 */
public final class Window {
    /** Starts with as much as most members have. */
    private static final int FIRST = 1 << 16;

    /** The largest dictionary that is kept: that of xz -9 and of 7-Zip's strongest usual setting. Copies that reach further end the member. */
    public static final int SIZE_MAX = 1 << 26;

    private static final int SIZE_MIN = 1 << 12;

    private final int size;
    private final int filler;
    private OutputStream out;
    private byte[] octets;
    private int at;
    private int flushed;
    private boolean full;
    private long written;

    /**
     * Makes one.
     *
     * @param size how far back copies may reach
     * @param out where octets go
     */
    public Window(int size, OutputStream out) {
        this(size, out, -1);
    }

    /**
     * Makes one in which copies may reach before the first octet.
     *
     * @param filler what stands there
     */
    public Window(int size, OutputStream out, int filler) {
        if (size <= 0 || size > SIZE_MAX) {
            throw new IllegalArgumentException("window of " + size);
        }
        this.size = size;
        this.out = out;
        this.filler = filler;
        this.octets = new byte[Math.min(size, FIRST)];
    }

    /**
     * The size of a window for what a file announces.
     *
     * @param announced the dictionary, of any size
     * @param size octets of the whole, which need no larger window; negative when that is unknown
     */
    public static int sizeFor(long announced, long size) {
        long wanted = announced < 0 ? SIZE_MAX : announced;
        return Math.clamp(size >= 0 ? Math.min(wanted, size) : wanted, SIZE_MIN, SIZE_MAX);
    }

    /** Writes one octet. */
    public void put(int octet) throws IOException {
        if (at == octets.length) {
            turn();
        }
        octets[at++] = (byte) octet;
        written++;
    }

    /** Writes some octets. */
    public void put(byte[] source, int from, int length) throws IOException {
        int left = length;
        while (left > 0) {
            if (at == octets.length) {
                turn();
            }
            int count = Math.min(left, octets.length - at);
            System.arraycopy(source, from + length - left, octets, at, count);
            at += count;
            left -= count;
        }
        written += length;
    }

    /** The buffer's end is reached: it grows, or starts again at its front. */
    private void turn() throws IOException {
        flush();
        if (octets.length < size) {
            octets = Arrays.copyOf(octets, (int) Math.min(size, octets.length * 2L));
        } else {
            at = 0;
            flushed = 0;
            full = true;
        }
    }

    /** How many octets copies can reach. */
    public long reach() {
        return filler >= 0 || full ? size : at;
    }

    /**
     * Copies from what was written.
     *
     * @param distance 1 is the last octet
     */
    public void copy(long distance, int length) throws IOException {
        if (distance <= 0 || distance > reach()) {
            if (distance > size && size == SIZE_MAX && distance <= written) {
                throw new UnpackException(Members.Reason.TOO_LARGE, "dictionary");
            }
            throw Octets.broken("copy from before the start");
        }
        if (distance > at && !full) {
            copyFromBefore((int) distance, length);
            return;
        }
        for (int left = length; left > 0; left--) {
            if (at == octets.length) {
                turn();
            }
            int from = at - (int) distance;
            octets[at++] = octets[from < 0 ? from + octets.length : from];
        }
        written += length;
    }

    /** Octets that were never written. */
    private void copyFromBefore(int distance, int length) throws IOException {
        for (int left = length; left > 0; left--) {
            put(distance > at && !full ? filler : octet(distance));
        }
    }

    /** An octet that was written: 1 is the last one. */
    public int octet(int distance) {
        int from = at - distance;
        if (from >= 0) {
            return octets[from] & 0xff;
        }
        if (!full) {
            return Math.max(0, filler);
        }
        return octets[from + octets.length] & 0xff;
    }

    /** How many octets were written. */
    public long written() {
        return written;
    }

    /** Sends on what waits. */
    public void flush() throws IOException {
        int from = flushed;
        flushed = at;
        if (at > from) {
            out.write(octets, from, at - from);
        }
    }

    /** What follows goes somewhere else: the next member of a solid archive. */
    public void redirect(OutputStream next) throws IOException {
        flush();
        this.out = next;
    }
}
