package jp.genkan.urlfilter.compiled;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Keys and marks in the order in which lists are read, outside of the heap. Thread rule: one thread. */
final class RawEntries implements AutoCloseable {
    private static final int CHUNK_ENTRIES = 1 << 18;

    private final Arena arena = Arena.ofConfined();
    private final List<MemorySegment> keys = new ArrayList<>();
    private final List<MemorySegment> marks = new ArrayList<>();
    private long size;

    void add(long key, int mark) {
        int at = (int) (size % CHUNK_ENTRIES);
        if (size / CHUNK_ENTRIES == keys.size()) {
            keys.add(arena.allocate(ValueLayout.JAVA_LONG, CHUNK_ENTRIES));
            marks.add(arena.allocate(ValueLayout.JAVA_INT, CHUNK_ENTRIES));
        }
        keys.get((int) (size / CHUNK_ENTRIES)).setAtIndex(ValueLayout.JAVA_LONG, at, key);
        marks.get((int) (size / CHUNK_ENTRIES)).setAtIndex(ValueLayout.JAVA_INT, at, mark);
        size++;
    }

    long key(long index) {
        return keys.get((int) (index / CHUNK_ENTRIES)).getAtIndex(ValueLayout.JAVA_LONG, index % CHUNK_ENTRIES);
    }

    int mark(long index) {
        return marks.get((int) (index / CHUNK_ENTRIES)).getAtIndex(ValueLayout.JAVA_INT, index % CHUNK_ENTRIES);
    }

    /** Forgets all but the first entries. */
    void cut(long to) {
        size = Math.min(size, to);
    }

    long size() {
        return size;
    }

    /** About how many different keys there are, by linear counting (Whang et al. 1990): within one in a thousand. */
    long distinct() {
        int words = Math.clamp(Long.highestOneBit(size / 8 + 64) / Long.BYTES * 2, 64, 1 << 22);
        long[] bits = new long[words];
        long count = (long) words * Long.SIZE;
        for (long i = 0; i < size; i++) {
            long bit = SiteTable.bucketOf(key(i), count);
            bits[(int) (bit >>> 6)] |= 1L << bit;
        }
        long empty = count;
        for (long word : bits) {
            empty -= Long.bitCount(word);
        }
        double estimate = empty == 0 ? size : -count * Math.log((double) empty / count);
        return Math.min(size, (long) Math.ceil(estimate));
    }

    @Override
    public void close() {
        arena.close();
    }
}
