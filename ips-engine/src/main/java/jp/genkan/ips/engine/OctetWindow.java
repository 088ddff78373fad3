package jp.genkan.ips.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The end of a stream, body or file as far as rules look back: all of it while it is short, then a bounded part.
 *
 * <p>Thread rule: one worker.
 */
final class OctetWindow {
    private static final byte[] NOTHING = {};
    private static final int FIRST_ROOM = 512;

    /** Octets that one packet may bring and that are held until rules have looked at them: sixteen of the largest frames. */
    private static final int FRESH_MAX = 1 << 20;

    private final int kept;
    private byte[] octets = NOTHING;
    private int length;
    private long base;
    private boolean complete;
    /** Place in the stream up to which rules have looked at it. */
    private long seen;

    /**
     * A window.
     *
     * @param kept octets that stay at least when it is full, besides those that rules have not looked at yet; twice as many are held mostly
     */
    OctetWindow(int kept) {
        this.kept = kept;
    }

    void append(byte[] from, int begin, int end) {
        int count = end - begin;
        makeRoom(count);
        System.arraycopy(from, begin, octets, length, count);
        length += count;
    }

    void append(MemorySegment from, long offset, int count) {
        makeRoom(count);
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, octets, length, count);
        length += count;
    }

    private void makeRoom(int count) {
        if (length + count > 2 * kept && length > kept) {
            int fresh = length + count > FRESH_MAX ? 0 : (int) (total() - seen);
            int dropped = Math.max(0, length - kept - fresh);
            length -= dropped;
            base += dropped;
            boolean shrinks = octets.length > 4 * kept && length + count <= 2 * kept;
            byte[] room = shrinks ? new byte[2 * kept] : octets; // what one packet needed is given back
            System.arraycopy(octets, dropped, room, 0, length);
            octets = room;
        }
        if (length + count > octets.length) {
            octets = Arrays.copyOf(
                    octets, Math.max(FIRST_ROOM, Math.max(length + count, Math.min(octets.length * 2, 2 * kept))));
        }
    }

    /** Octets are missing: what came before is of no use to what follows. */
    void gap(long missing) {
        base += length + missing;
        length = 0;
        seen = base;
    }

    /** Rules have looked at all that is here. */
    void look() {
        seen = total();
    }

    /** Nothing more will come. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** Octets that came before those that are here. */
    long base() {
        return base;
    }

    /** Octets that came in all. */
    long total() {
        return base + length;
    }
}
