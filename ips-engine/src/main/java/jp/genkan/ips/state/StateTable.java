package jp.genkan.ips.state;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rows that are found by a key of five numbers and end by themselves. A key may lie in one of {@link #WAYS} rows; when all of them are in use, the one that would end first gives way and is counted.
 * Nothing is ever moved or searched for beyond those rows, so that hostile keys cost no more than others.
 *
 * <pre>
 *   row: key 0..4 · end · value 0..2        ends are monotonic nanoseconds; a row whose end has passed is free
 * </pre>
 *
 * <p>The rows under one lock lie in one piece, which is made when the first of them is claimed: a table that is hardly used takes hardly any memory.
 *
 * <p>Thread rule: shared; every method but {@link #lock} and {@link #hash} is called while holding the lock of the key's hash.
 */
public final class StateTable {
    /** Rows in which a key may lie: with eight, a table that is three quarters full hardly ever has to give one up. */
    static final int WAYS = 8;

    /** Values of a row. */
    public static final int VALUES = 3;

    private static final int KEYS = 5;
    private static final int END = KEYS;
    private static final int USED = KEYS + 1;
    private static final int FIRST_VALUE = KEYS + 2;
    private static final int ROW = FIRST_VALUE + VALUES;

    /** Locks: more than there are workers, so that they seldom meet. */
    private static final int STRIPES = 256;

    private static final long[] NO_ROWS = {};

    /** By the lock's number; empty until a row of it is claimed. */
    private final long[][] pieces = new long[STRIPES][];

    private final int pieceLength;
    private final int bucketMask;
    private final Object[] locks = new Object[STRIPES];
    private final LongAdder evicted = new LongAdder();

    /**
     * A table.
     *
     * @param rowsMax most rows, rounded up to a power of two of at least 2,048
     */
    public StateTable(int rowsMax) {
        int buckets = Integer.highestOneBit(Math.max(STRIPES, (rowsMax + WAYS - 1) / WAYS) * 2 - 1);
        bucketMask = buckets - 1;
        pieceLength = Math.multiplyExact(buckets * WAYS, ROW) / STRIPES;
        Arrays.fill(pieces, NO_ROWS);
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new Object();
        }
    }

    /** Spreads a key. */
    public static long hash(long key0, long key1, long key2, long key3, long key4) {
        long hash = mix(key0);
        hash = mix(hash ^ key1);
        hash = mix(hash + key2);
        hash = mix(hash ^ key3);
        return mix(hash + key4);
    }

    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return mixed ^ mixed >>> 32;
    }

    /** The lock under which the rows of this hash may be touched. */
    public Object lock(long hash) {
        return locks[stripe(hash)];
    }

    private static int stripe(long hash) {
        return (int) hash & STRIPES - 1;
    }

    /** Index of the first row of the key's bucket in its piece. */
    private int bucket(long hash) {
        return ((int) hash & bucketMask) / STRIPES * WAYS * ROW;
    }

    /** A row's number: its piece, and the index there. */
    private int number(long hash, int at) {
        return stripe(hash) * pieceLength + at;
    }

    /**
     * The row of a key.
     *
     * @return -1 when there is none, or it has ended
     */
    public int find(long hash, long key0, long key1, long key2, long key3, long key4, long nanos) {
        long[] rows = pieces[stripe(hash)];
        if (rows.length == 0) {
            return -1;
        }
        int at = bucket(hash);
        for (int way = 0; way < WAYS; way++, at += ROW) {
            if (rows[at + USED] != 0 && isKey(rows, at, key0, key1, key2, key3, key4)) {
                return rows[at + END] - nanos >= 0 ? number(hash, at) : -1;
            }
        }
        return -1;
    }

    /**
     * A row for a key that has none: its values are 0.
     *
     * @param endNanos from when on it is free again
     */
    public int claim(long hash, long key0, long key1, long key2, long key3, long key4, long nanos, long endNanos) {
        int stripe = stripe(hash);
        if (pieces[stripe].length == 0) {
            pieces[stripe] = new long[pieceLength];
        }
        long[] rows = pieces[stripe];
        int row = room(rows, hash, key0, key1, key2, key3, key4, nanos);
        rows[row] = key0;
        rows[row + 1] = key1;
        rows[row + 2] = key2;
        rows[row + 3] = key3;
        rows[row + 4] = key4;
        rows[row + END] = endNanos;
        rows[row + USED] = 1;
        for (int i = 0; i < VALUES; i++) {
            rows[row + FIRST_VALUE + i] = 0;
        }
        return number(hash, row);
    }

    private int room(long[] rows, long hash, long key0, long key1, long key2, long key3, long key4, long nanos) {
        int at = bucket(hash);
        int free = -1;
        int first = at;
        for (int way = 0; way < WAYS; way++, at += ROW) {
            if (rows[at + USED] == 0 || rows[at + END] - nanos < 0) {
                free = free < 0 ? at : free;
            }
            if (rows[at + USED] != 0 && isKey(rows, at, key0, key1, key2, key3, key4)) {
                return at; // the same key's row that has ended: two rows of a key must not be
            }
            if (rows[at + END] - rows[first + END] < 0) {
                first = at;
            }
        }
        if (free >= 0) {
            return free;
        }
        evicted.increment();
        return first;
    }

    private static boolean isKey(long[] rows, int at, long key0, long key1, long key2, long key3, long key4) {
        return rows[at] == key0
                && rows[at + 1] == key1
                && rows[at + 2] == key2
                && rows[at + 3] == key3
                && rows[at + 4] == key4;
    }

    /** A value of a row. */
    public long value(int row, int index) {
        return pieces[row / pieceLength][row % pieceLength + FIRST_VALUE + index];
    }

    /** Sets a value of a row. */
    public void value(int row, int index, long value) {
        pieces[row / pieceLength][row % pieceLength + FIRST_VALUE + index] = value;
    }

    /** Moves the end of a row. */
    public void end(int row, long endNanos) {
        pieces[row / pieceLength][row % pieceLength + END] = endNanos;
    }

    /** Frees a row. */
    public void release(int row) {
        pieces[row / pieceLength][row % pieceLength + USED] = 0;
    }

    /** How many rows gave way before their end. */
    public long evicted() {
        return evicted.sum();
    }

    /** How many rows there can be. */
    public int rowsMax() {
        return STRIPES * pieceLength / ROW;
    }
}
