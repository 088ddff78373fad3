package jp.genkan.literals;

import java.util.Arrays;

/**
 * What one scan found: each literal once, however often it is there, in no particular order. End offsets count the octets from the first one
 * of the scan (of the piece, in a stream) to the last one of the literal, included.
 *
 * <p>Every scan begins by clearing it. It grows with the largest database that it was used for and allocates nothing after that.
 *
 * <p>Thread rule: one thread.
 */
public final class LiteralHits {
    private static final int HITS_AT_FIRST = 16;

    // A sparse set (Briggs and Torczon): places[id] is believed only if that place is in use and holds the id, so that
    // clearing it is
    // setting the count to 0.
    private int[] places = new int[0];
    private int[] ids = new int[HITS_AT_FIRST];
    private int[] firstEnds = new int[HITS_AT_FIRST];
    private int[] lastEnds = new int[HITS_AT_FIRST];
    private int count;

    /** Forgets everything. */
    public void clear() {
        count = 0;
    }

    /** How many different literals were found. */
    public int count() {
        return count;
    }

    /** Id of a literal that was found. */
    public int id(int index) {
        return ids[checked(index)];
    }

    /** Where it ended for the first time. */
    public int firstEnd(int index) {
        return firstEnds[checked(index)];
    }

    /**
     * Where it ended for the last time, in a stream. Of a piece in which literals come by the hundred this is the piece's end, which no
     * occurrence lies behind. In block mode it is the first end.
     */
    public int lastEnd(int index) {
        return lastEnds[checked(index)];
    }

    /** Whether this literal was found. */
    public boolean contains(int id) {
        return place(id) >= 0;
    }

    private int checked(int index) {
        if (index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }

    /** Clears it and makes room for the ids of a database. */
    void begin(int idsMax) {
        count = 0;
        if (places.length < idsMax) {
            places = new int[idsMax];
        }
    }

    private int place(int id) {
        if (id >= places.length) {
            return -1;
        }
        int place = places[id];
        return place < count && ids[place] == id ? place : -1;
    }

    /** Takes in an end of a literal; ends come in ascending order. Says whether the literal is new. */
    boolean add(int id, int end) {
        int place = place(id);
        if (place >= 0) {
            lastEnds[place] = Math.max(lastEnds[place], end);
            firstEnds[place] = Math.min(firstEnds[place], end);
            return false;
        }
        append(id, end, end);
        return true;
    }

    private void append(int id, int firstEnd, int lastEnd) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
            firstEnds = Arrays.copyOf(firstEnds, count * 2);
            lastEnds = Arrays.copyOf(lastEnds, count * 2);
        }
        places[id] = count;
        ids[count] = id;
        firstEnds[count] = firstEnd;
        lastEnds[count] = lastEnd;
        count++;
    }

    /** Lets every last end be at least this far. */
    void extendAll(int lastEnd) {
        for (int i = 0; i < count; i++) {
            lastEnds[i] = Math.max(lastEnds[i], lastEnd);
        }
    }

    /** Lets the last end of what a literal ends with be at least its own. */
    void extendSuffixes(int[] suffixes) {
        for (int i = 0; i < count; i++) {
            for (int id = suffixes[ids[i]]; id >= 0; id = suffixes[id]) {
                int place = places[id];
                lastEnds[place] = Math.max(lastEnds[place], lastEnds[i]);
            }
        }
    }

    /** In block mode only first ends are told, whatever the engine told. */
    void keepFirstEnds() {
        System.arraycopy(firstEnds, 0, lastEnds, 0, count);
    }

    /** Adds the duplicates of what was found: for each id the next one with the same literal, or -1. */
    void addDuplicates(int[] next) {
        int found = count;
        for (int i = 0; i < found; i++) {
            for (int id = next[ids[i]]; id >= 0; id = next[id]) {
                append(id, firstEnds[i], lastEnds[i]);
            }
        }
    }
}
