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

    private final int kept;
    private byte[] octets = NOTHING;
    private int length;
    private long base;
    private boolean complete;

    /**
     * A window.
     *
     * @param kept octets that stay at least when it is full; twice as many are held at most, and what came last
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
            int dropped = length - kept;
            System.arraycopy(octets, dropped, octets, 0, kept);
            length = kept;
            base += dropped;
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
