package jp.genkan.protocols.conversation;

import java.util.Arrays;

/**
 * Octets that wait until enough of them are there: a line, a record, a message. Grows up to its maximum; what does not fit is refused, and the owner
 * decides.
 *
 * <p>Thread rule: one owner.
 */
public final class OctetBuffer {
    private static final byte[] EMPTY = {};
    private static final int FIRST = 256;

    private final int octetsMax;
    private byte[] octets = EMPTY;
    private int begin;
    private int end;

    /**
     * An empty buffer; memory is taken when the first octet comes.
     *
     * @param octetsMax most octets that it holds
     */
    public OctetBuffer(int octetsMax) {
        this.octetsMax = octetsMax;
    }

    /** The array that holds them, from {@link #begin} to {@link #end}; replaced by {@link #append}. */
    public byte[] array() {
        return octets;
    }

    public int begin() {
        return begin;
    }

    public int end() {
        return end;
    }

    public int length() {
        return end - begin;
    }

    public boolean isEmpty() {
        return begin == end;
    }

    /** How many more it would take. */
    public int room() {
        return octetsMax - length();
    }

    /**
     * Adds octets.
     *
     * @return false, and nothing is added, when they do not fit
     */
    public boolean append(byte[] from, int first, int behind) {
        int more = behind - first;
        if (more > room()) {
            return false;
        }
        if (end + more > octets.length) {
            makeRoom(more);
        }
        System.arraycopy(from, first, octets, end, more);
        end += more;
        return true;
    }

    private void makeRoom(int more) {
        int needed = length() + more;
        if (needed <= octets.length) {
            System.arraycopy(octets, begin, octets, 0, length());
        } else {
            byte[] larger =
                    new byte[Math.clamp(octets.length * 2L, Math.max(needed, Math.min(FIRST, octetsMax)), octetsMax)];
            System.arraycopy(octets, begin, larger, 0, length());
            octets = larger;
        }
        end -= begin;
        begin = 0;
    }

    /** Takes octets off the front. */
    public void consume(int count) {
        begin += count;
        if (begin == end) {
            begin = 0;
            end = 0;
        }
    }

    /** Forgets everything, and gives a large array back. */
    public void clear() {
        begin = 0;
        end = 0;
        if (octets.length > FIRST) {
            octets = EMPTY;
        }
    }

    /** A copy of what it holds. */
    public byte[] toArray() {
        return Arrays.copyOfRange(octets, begin, end);
    }
}
