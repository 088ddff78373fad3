package jp.genkan.ips.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The end of a stream, body or file as far as rules look back: all of it while it is short, then a bounded part.
 *
 * <p>Thread rule: one worker.
 */
final class OctetWindow {
    private static final byte[] NOTHING = {};

    /** Octets that one packet may bring and that are held until rules have looked at them: sixteen of the largest frames. */
    private static final int FRESH_MAX = 1 << 20;

    private final int kept;
    private final Rooms rooms;
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
     * @param rooms where its memory comes from
     */
    OctetWindow(int kept, Rooms rooms) {
        this.kept = kept;
        this.rooms = rooms;
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
            byte[] room = shrinks ? rooms.take(2 * kept) : octets; // what one packet needed is given back
            System.arraycopy(octets, dropped, room, 0, length);
            moveTo(room);
        }
        if (length + count > octets.length) {
            byte[] room = rooms.take(Math.max(length + count, Math.min(octets.length * 2, 2 * kept)));
            System.arraycopy(octets, 0, room, 0, length);
            moveTo(room);
        }
    }

    private void moveTo(byte[] room) {
        if (room != octets) {
            rooms.give(octets);
            octets = room;
        }
    }

    /** Gives its memory back: nobody looks at it any more. */
    void release() {
        moveTo(NOTHING);
        base += length;
        length = 0;
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
