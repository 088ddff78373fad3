package jp.genkan.av.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Hashes, grouped into buckets of some eight, one after the other; an index says where each bucket begins. An entry has 20 octets:
 *
 * <pre>
 *   0                       8           12          16          20
 *   ├───────────────────────┼───────────┼───────────┼───────────┤
 *   │ first 64 bits of key  │ next 32   │ stem      │ number    │
 *   └───────────────────────┴───────────┴───────────┴───────────┘
 * </pre>
 *
 * <p>96 bits of a hash are kept: a file that nobody has listed is taken for one of ten million with a probability of 10^7/2^96, 1 in 10^22.
 *
 * <p>Thread rule: immutable, shared. The memory is given back when nobody refers to the table any more.
 */
public final class HashTable {
    static final int ENTRY = 20;
    static final int MIDDLE_AT = 8;
    static final int STEM_AT = 12;
    static final int NUMBER_AT = 16;

    /** Entries a bucket has on the average: an index of 0.5 octets an entry, and three cache lines to look at. */
    static final int BUCKET_MEAN = 8;

    /** Entries of a bucket. The seed is nobody's to know, so that more come together once in 10^30; what does not fit is left out. */
    static final int BUCKET_MAX = 64;

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final MemorySegment entries;
    private final MemorySegment index;
    private final Contents contents;
    private final long bucketCount;

    /**
     * What a table knows besides its entries.
     *
     * @param seed of the buckets
     * @param filters one for each kind
     * @param stems names without their numbers
     */
    record Contents(long seed, List<SizeFilter> filters, List<String> stems) {
        Contents {
            filters = List.copyOf(filters);
            stems = List.copyOf(stems);
            if (filters.size() != HashKind.values().length) {
                throw new IllegalArgumentException("each kind has a filter");
            }
        }
    }

    HashTable(MemorySegment entries, MemorySegment index, Contents contents) {
        this.entries = entries;
        this.index = index;
        this.contents = contents;
        this.bucketCount = index.byteSize() / Integer.BYTES - 1;
    }

    static long bucketOf(long high, long low, long seed, long bucketCount) {
        return Math.unsignedMultiplyHigh(HashKey.mix(high ^ low ^ seed), bucketCount);
    }

    /** The entry of a key; -1 where there is none. Neither allocates nor waits, but for a page that is not in memory. */
    private long find(long high, long low) {
        long bucket = bucketOf(high, low, contents.seed(), bucketCount);
        int first = index.getAtIndex(INT, bucket);
        int end = Math.min(index.getAtIndex(INT, bucket + 1), first + BUCKET_MAX);
        int middle = (int) (low >>> 32);
        for (int entry = first; entry < end; entry++) {
            long at = (long) entry * ENTRY;
            if (entries.get(LONG, at) == high && entries.get(INT, at + MIDDLE_AT) == middle) {
                return entry;
            }
        }
        return -1;
    }

    /**
     * Looks a hash up.
     *
     * @param size octets that were hashed
     * @return the number of the signature; -1 when there is none
     */
    public long find(HashKind kind, long size, byte[] hash) {
        SizeFilter filter = contents.filters().get(kind.ordinal());
        long low = HashKey.low(hash);
        long entry = filter.hasSize(size) ? find(HashKey.high(kind, size, hash), low) : -1;
        return entry < 0 && filter.any() > 0 ? find(HashKey.high(kind, HashKey.ANY_SIZE, hash), low) : entry;
    }

    /** The name of a signature. */
    public String name(long entry) {
        long at = entry * ENTRY;
        int stem = entries.get(INT, at + STEM_AT);
        List<String> stems = contents.stems();
        return stem < 0 || stem >= stems.size() ? "?" : Names.name(stems.get(stem), entries.get(INT, at + NUMBER_AT));
    }

    /** Which sizes signatures of a kind have. */
    SizeFilter filter(HashKind kind) {
        return contents.filters().get(kind.ordinal());
    }

    /** How many signatures there are. */
    public int count() {
        return (int) (entries.byteSize() / ENTRY);
    }

    /** Octets that the table takes, in memory or on disk. */
    public long bytes() {
        return entries.byteSize() + index.byteSize();
    }
}
