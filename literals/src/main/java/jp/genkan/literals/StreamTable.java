package jp.genkan.literals;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of one scanner. A handle is a row and how often the row was used before, so that a handle that was closed is recognised.
 * A row keeps its database reachable.
 *
 * <p>Thread rule: one thread.
 */
final class StreamTable {
    private static final int ROWS_AT_FIRST = 64;
    private static final int NONE = -1;

    private final int rowsMax;
    private @Nullable LiteralDatabase[] databases = new @Nullable LiteralDatabase[ROWS_AT_FIRST];
    /** Hyperscan's stream, or the states of the automata. */
    private long[] states = new long[ROWS_AT_FIRST];
    /** How many octets Hyperscan has counted. */
    private long[] positions = new long[ROWS_AT_FIRST];
    /** How often the row was opened: never 0 in a handle, so that no handle is 0. */
    private int[] uses = new int[ROWS_AT_FIRST];
    /** The free row after a free row. */
    private int[] nextFree = new int[ROWS_AT_FIRST];

    private int firstFree = NONE;
    private int rows;
    private int open;

    StreamTable(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    boolean isFull() {
        return firstFree == NONE && rows == rowsMax;
    }

    int open() {
        return open;
    }

    /** Adds a stream, unless the table {@link #isFull()}. */
    long add(LiteralDatabase database, long state) {
        int row = firstFree;
        if (row != NONE) {
            firstFree = nextFree[row];
        } else {
            row = rows++;
            if (row == states.length) {
                grow();
            }
        }
        databases[row] = database;
        states[row] = state;
        positions[row] = 0;
        uses[row]++;
        open++;
        return (long) uses[row] << 32 | row;
    }

    private void grow() {
        int more = Math.min(rowsMax, states.length * 2);
        databases = Arrays.copyOf(databases, more);
        states = Arrays.copyOf(states, more);
        positions = Arrays.copyOf(positions, more);
        uses = Arrays.copyOf(uses, more);
        nextFree = Arrays.copyOf(nextFree, more);
    }

    /** The row of a stream that is open and of this database. */
    int row(LiteralDatabase database, long handle) {
        int row = (int) handle;
        if (row < 0 || row >= rows || uses[row] != (int) (handle >>> 32) || databases[row] != database) {
            throw new IllegalArgumentException("not an open stream of this scanner and database: " + handle);
        }
        return row;
    }

    /** How many rows are or were in use. */
    int rows() {
        return rows;
    }

    @Nullable
    LiteralDatabase database(int row) {
        return databases[row];
    }

    long state(int row) {
        return states[row];
    }

    long position(int row) {
        return positions[row];
    }

    void set(int row, long state, long position) {
        states[row] = state;
        positions[row] = position;
    }

    void remove(int row) {
        databases[row] = null;
        states[row] = 0;
        nextFree[row] = firstFree;
        firstFree = row;
        open--;
    }
}
