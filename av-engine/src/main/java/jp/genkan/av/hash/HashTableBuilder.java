package jp.genkan.av.hash;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes hashes and writes the table of them. While it is built, ten million entries take 280 MB outside of the heap.
 *
 * <p>Thread rule: one thread.
 */
public final class HashTableBuilder implements AutoCloseable {
    /** Signatures of all files together: twice what the largest public set has. */
    public static final int ENTRIES_MAX = 20_000_000;

    private static final int RAW = 24;
    private static final int CHUNK = 1 << 18;
    private static final int KINDS = HashKind.values().length;

    private final Arena memory = Arena.ofConfined();
    private final List<MemorySegment> chunks = new ArrayList<>();
    private final Names names = new Names();
    private final long[] any = new long[KINDS];
    private final long[] sized = new long[KINDS];
    private final long[][] bits = new long[KINDS][0];
    private final long seed;
    private int size;

    /** Takes what tables are written to, in order. */
    @FunctionalInterface
    interface Sink {
        void write(ByteBuffer octets) throws IOException;
    }

    /**
     * A builder.
     *
     * @param seed of the buckets; nobody outside should know it
     */
    public HashTableBuilder(long seed) {
        this.seed = seed;
    }

    /** Whether a signature was taken. */
    public enum Taken {
        YES,
        /** There are too many already. */
        NO_ROOM,
        /** Taken, but under the name of its list, since there are too many names. */
        WITHOUT_NAME
    }

    /**
     * Takes a signature.
     *
     * @param hash as long as its kind's
     * @param hashedSize octets that are hashed; -1 when it holds for any
     * @param name of the signature
     * @param list name of its list, which stands in for the name when there is no room for more
     */
    public Taken add(HashKind kind, byte[] hash, long hashedSize, String name, String list) {
        if (hash.length != kind.length() || hashedSize < HashKey.ANY_SIZE) {
            throw new IllegalArgumentException("a hash of " + kind + " is " + kind.length() + " octets");
        }
        if (size == ENTRIES_MAX) {
            return Taken.NO_ROOM;
        }
        int stem = names.add(name);
        int number = names.number();
        boolean nameless = stem < 0;
        if (nameless) {
            stem = names.add(list);
            number = names.number();
        }
        note(kind, hashedSize);
        if (size / CHUNK == chunks.size()) {
            chunks.add(memory.allocate((long) CHUNK * RAW, Long.BYTES));
        }
        MemorySegment chunk = chunks.get(size / CHUNK);
        long at = (long) (size % CHUNK) * RAW;
        chunk.set(ValueLayout.JAVA_LONG, at, HashKey.high(kind, hashedSize, hash));
        chunk.set(ValueLayout.JAVA_LONG, at + 8, HashKey.low(hash));
        chunk.set(ValueLayout.JAVA_INT, at + 16, stem);
        chunk.set(ValueLayout.JAVA_INT, at + 20, number);
        size++;
        return nameless ? Taken.WITHOUT_NAME : Taken.YES;
    }

    private void note(HashKind kind, long hashedSize) {
        int at = kind.ordinal();
        if (hashedSize == HashKey.ANY_SIZE) {
            any[at]++;
            return;
        }
        sized[at]++;
        if (bits[at].length == 0) {
            bits[at] = new long[SizeFilter.BITS / Long.SIZE];
        }
        int bit = SizeFilter.bit(hashedSize);
        bits[at][bit >>> 6] |= 1L << bit;
    }

    /** How many were taken, equal ones among them. */
    public int size() {
        return size;
    }

    long seed() {
        return seed;
    }

    int bucketCount() {
        return Math.max(1, size / HashTable.BUCKET_MEAN);
    }

    HashTable.Contents contents() {
        List<SizeFilter> filters = new ArrayList<>();
        for (int i = 0; i < KINDS; i++) {
            filters.add(new SizeFilter(any[i], sized[i], bits[i]));
        }
        return new HashTable.Contents(seed, filters, names.stems());
    }

    private int bucketOf(int entry, int bucketCount) {
        MemorySegment chunk = chunks.get(entry / CHUNK);
        long at = (long) (entry % CHUNK) * RAW;
        long high = chunk.get(ValueLayout.JAVA_LONG, at);
        long low = chunk.get(ValueLayout.JAVA_LONG, at + 8);
        return (int) HashTable.bucketOf(high, low, seed, bucketCount);
    }

    /**
     * Writes all entries, bucket by bucket, each key once: the one that came first.
     *
     * @return where each bucket begins, and where the last one ends
     */
    MemorySegment writeEntries(Arena indexMemory, Sink to) throws IOException {
        int bucketCount = bucketCount();
        MemorySegment index = indexMemory.allocate(HashTable.INT, bucketCount + 1L);
        MemorySegment begins = memory.allocate(ValueLayout.JAVA_INT, bucketCount + 1L);
        MemorySegment order = inOrder(begins, bucketCount);
        ByteBuffer buffer = ByteBuffer.allocate(HashTable.ENTRY * 4096).order(ByteOrder.nativeOrder());
        int[] kept = new int[HashTable.BUCKET_MAX];
        int written = 0;
        int at = 0;
        for (int bucket = 0; bucket < bucketCount; bucket++) {
            index.setAtIndex(HashTable.INT, bucket, written);
            int count = 0;
            for (int end = begins.getAtIndex(ValueLayout.JAVA_INT, bucket); at < end; at++) {
                int entry = order.getAtIndex(ValueLayout.JAVA_INT, at);
                if (count < kept.length && isNew(entry, kept, count)) {
                    kept[count++] = entry;
                    put(entry, buffer, to);
                }
            }
            written += count;
        }
        index.setAtIndex(HashTable.INT, bucketCount, written);
        to.write(buffer.flip());
        return index;
    }

    /** Numbers of the entries, ordered by bucket (counting sort); {@code ends} says where each bucket ends then. */
    private MemorySegment inOrder(MemorySegment ends, int bucketCount) {
        for (int i = 0; i < size; i++) {
            int bucket = bucketOf(i, bucketCount);
            ends.setAtIndex(ValueLayout.JAVA_INT, bucket, ends.getAtIndex(ValueLayout.JAVA_INT, bucket) + 1);
        }
        int sum = 0;
        for (int bucket = 0; bucket < bucketCount; bucket++) {
            int count = ends.getAtIndex(ValueLayout.JAVA_INT, bucket);
            ends.setAtIndex(ValueLayout.JAVA_INT, bucket, sum);
            sum += count;
        }
        MemorySegment order = memory.allocate(ValueLayout.JAVA_INT, Math.max(1, size));
        for (int i = 0; i < size; i++) {
            int bucket = bucketOf(i, bucketCount);
            int place = ends.getAtIndex(ValueLayout.JAVA_INT, bucket);
            order.setAtIndex(ValueLayout.JAVA_INT, place, i);
            ends.setAtIndex(ValueLayout.JAVA_INT, bucket, place + 1);
        }
        return order;
    }

    private boolean isNew(int entry, int[] kept, int count) {
        MemorySegment chunk = chunks.get(entry / CHUNK);
        long at = (long) (entry % CHUNK) * RAW;
        for (int i = 0; i < count; i++) {
            MemorySegment other = chunks.get(kept[i] / CHUNK);
            long otherAt = (long) (kept[i] % CHUNK) * RAW;
            if (chunk.get(ValueLayout.JAVA_LONG, at) == other.get(ValueLayout.JAVA_LONG, otherAt)
                    && chunk.get(ValueLayout.JAVA_LONG, at + 8) == other.get(ValueLayout.JAVA_LONG, otherAt + 8)) {
                return false;
            }
        }
        return true;
    }

    private void put(int entry, ByteBuffer buffer, Sink to) throws IOException {
        MemorySegment chunk = chunks.get(entry / CHUNK);
        long at = (long) (entry % CHUNK) * RAW;
        if (!buffer.hasRemaining()) {
            to.write(buffer.flip());
            buffer.clear();
        }
        buffer.putLong(chunk.get(ValueLayout.JAVA_LONG, at));
        buffer.putInt((int) (chunk.get(ValueLayout.JAVA_LONG, at + 8) >>> 32));
        buffer.putInt(chunk.get(ValueLayout.JAVA_INT, at + 16));
        buffer.putInt(chunk.get(ValueLayout.JAVA_INT, at + 20));
    }

    @Override
    public void close() {
        memory.close();
    }
}
