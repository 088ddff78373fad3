package jp.genkan.urlfilter.compiled;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Keys and the marks that lists have set on them: a hash table whose buckets are one cache line.
 *
 * <pre>
 *   0        8        16       24       32       40       48    50    52    54    56    58    60       64
 *   ├────────┼────────┼────────┼────────┼────────┼────────┼─────┼─────┼─────┼─────┼─────┼─────┼────────┤
 *   │ key 0  │ key 1  │ key 2  │ key 3  │ key 4  │ key 5  │set 0│set 1│set 2│set 3│set 4│set 5│ passed │
 *   └────────┴────────┴────────┴────────┴────────┴────────┴─────┴─────┴─────┴─────┴─────┴─────┴────────┘
 * </pre>
 *
 * <p>A key of 0 is an empty place. A key belongs into the bucket that its upper bits name; where that is full, into the next one that has
 * room, and {@code passed} of each bucket on the way is not 0. The whole key is kept, so that a name that nobody has listed is taken for one
 * that somebody has with a probability of n/2^64: at 7 million keys 4 in 10^13 for each name that is asked for.
 *
 * <p>Thread rule: immutable, shared. The memory is given back when nobody refers to the table any more.
 */
public final class SiteTable {
    static final int BUCKET = 64;
    static final int PLACES = 6;
    static final int SETS_AT = PLACES * Long.BYTES;
    static final int PASSED_AT = SETS_AT + PLACES * Short.BYTES;

    static final ValueLayout.OfLong KEY = ValueLayout.JAVA_LONG;
    static final ValueLayout.OfShort SET = ValueLayout.JAVA_SHORT;
    static final ValueLayout.OfInt PASSED = ValueLayout.JAVA_INT;

    private final MemorySegment buckets;
    private final long bucketCount;
    private final Contents contents;

    /**
     * What a table knows besides its keys.
     *
     * @param seed the seed of the keys
     * @param keys how many there are
     * @param sets sets of marks by their number
     * @param lists the lists in order
     * @param prefixLengths lengths of networks in the table, of 128 bits, longest first
     * @param hasTopLevel whether names of one label are in the table
     * @param dropped marks that found no room
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Contents(
            long seed,
            long keys,
            int[][] sets,
            List<CompiledList> lists,
            int[] prefixLengths,
            boolean hasTopLevel,
            long dropped) {
        Contents {
            lists = List.copyOf(lists);
        }
    }

    SiteTable(MemorySegment buckets, Contents contents) {
        this.buckets = buckets;
        this.bucketCount = buckets.byteSize() / BUCKET;
        this.contents = contents;
    }

    static long bucketOf(long key, long bucketCount) {
        return Math.unsignedMultiplyHigh(key, bucketCount);
    }

    /** The number of the set of marks on a key; -1 where there is none. Neither allocates nor waits, but for a page that is not in memory. */
    int find(long key) {
        long bucket = bucketOf(key, bucketCount);
        for (long passes = 0; passes < bucketCount; passes++) {
            long at = bucket * BUCKET;
            for (int place = 0; place < PLACES; place++) {
                if (buckets.get(KEY, at + (long) place * Long.BYTES) == key) {
                    return buckets.get(SET, at + SETS_AT + (long) place * Short.BYTES) & 0xffff;
                }
            }
            if (buckets.get(PASSED, at + PASSED_AT) == 0) {
                return -1;
            }
            bucket = bucket + 1 == bucketCount ? 0 : bucket + 1;
        }
        return -1;
    }

    /** Takes a key and the number of its set of marks. */
    @FunctionalInterface
    interface Entries {
        void entry(long key, int set);
    }

    /** Tells all keys. */
    void forEach(Entries to) {
        for (long at = 0; at < buckets.byteSize(); at += BUCKET) {
            for (int place = 0; place < PLACES; place++) {
                long key = buckets.get(KEY, at + (long) place * Long.BYTES);
                if (key != 0) {
                    to.entry(key, buckets.get(SET, at + SETS_AT + (long) place * Short.BYTES) & 0xffff);
                }
            }
        }
    }

    Contents contents() {
        return contents;
    }

    MemorySegment buckets() {
        return buckets;
    }

    /** A table without keys. */
    public static SiteTable empty() {
        MemorySegment none = MemorySegment.ofArray(new long[BUCKET / Long.BYTES]);
        return new SiteTable(none, new Contents(0, 0, new int[0][], List.of(), new int[0], false, 0));
    }

    /** The same in memory that is given back when nobody refers to it any more. */
    SiteTable copy() {
        MemorySegment copy = Arena.ofAuto().allocate(buckets.byteSize(), BUCKET);
        copy.copyFrom(buckets);
        return new SiteTable(copy, contents);
    }

    /** The seed of its keys. */
    public long seed() {
        return contents.seed();
    }

    /** The lists in order. */
    public List<CompiledList> lists() {
        return contents.lists();
    }

    /** How many names, addresses and pages there are. */
    public long keys() {
        return contents.keys();
    }

    /** Octets that the table takes, in memory or on disk. */
    public long bytes() {
        return buckets.byteSize();
    }

    /** Entries that were left out because too many lists overlap in too many ways. */
    public long dropped() {
        return contents.dropped();
    }
}
