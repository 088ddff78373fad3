package jp.genkan.access.reputation;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Narrows a look-up among sorted ranges to the few that can hold a key, by one or two table reads: the span between the lowest and the highest
 * key is cut into as many equal buckets as there are ranges, and a bucket with too many ranges has a table of its own. Whatever is left is
 * for a binary search; the worst case, all ranges in the narrowest place, is that search alone.
 *
 * <p>Immutable, flat, about four octets a range.
 */
final class RangeIndex {
    private static final int BITS_MAX = 20; // 4 MB; beyond it a table costs more cache misses than it saves
    private static final int CROWDED = 32;
    private static final int DEPTH_MAX = 4;

    // one entry a table
    private long[] lowest = new long[4];
    private int[] shift = new int[4];
    private int[] start = new int[4];
    private int[] buckets = new int[4];
    private int[] firstRange = new int[4];
    private int[] endRange = new int[4];
    private int tables;

    /** One a bucket and one behind the last: number of the first range in it or after it, or ~ the number of its own table. */
    private int[] slots = new int[64];

    private int slotsUsed;

    /**
     * An index over ranges.
     *
     * @param ranges how many there are
     * @param key the upper 64 bits of a range's first address by its number; never going down, unsigned
     */
    RangeIndex(int ranges, IntToLongFunction key) {
        if (ranges > 0) {
            build(0, ranges, key, 1);
        }
        slots = Arrays.copyOf(slots, slotsUsed);
    }

    private int build(int from, int to, IntToLongFunction key, int depth) {
        int table = tables++;
        if (table == lowest.length) {
            lowest = Arrays.copyOf(lowest, table * 2);
            shift = Arrays.copyOf(shift, table * 2);
            start = Arrays.copyOf(start, table * 2);
            buckets = Arrays.copyOf(buckets, table * 2);
            firstRange = Arrays.copyOf(firstRange, table * 2);
            endRange = Arrays.copyOf(endRange, table * 2);
        }
        long min = key.applyAsLong(from);
        long span = key.applyAsLong(to - 1) - min;
        int bits = Math.min(BITS_MAX, 32 - Integer.numberOfLeadingZeros(to - from));
        int cut = Math.max(0, 64 - Long.numberOfLeadingZeros(span) - bits);
        int count = (int) (span >>> cut) + 1;
        lowest[table] = min;
        shift[table] = cut;
        start[table] = slotsUsed;
        buckets[table] = count;
        firstRange[table] = from;
        endRange[table] = to;
        slotsUsed += count + 1;
        if (slotsUsed > slots.length) {
            slots = Arrays.copyOf(slots, Math.max(slotsUsed, slots.length * 2));
        }
        int range = from;
        for (int bucket = 0; bucket < count; bucket++) {
            int first = range;
            while (range < to && key.applyAsLong(range) - min >>> cut == bucket) {
                range++;
            }
            boolean crowded = range - first > CROWDED
                    && depth < DEPTH_MAX
                    && key.applyAsLong(first) != key.applyAsLong(range - 1);
            int slot = crowded ? ~build(first, range, key, depth + 1) : first;
            slots[start[table] + bucket] = slot;
        }
        slots[start[table] + count] = to;
        return table;
    }

    /**
     * The ranges among which the last one that begins at or before the key is, or right before the first of which it is.
     *
     * @return the first in the upper 32 bits, the one behind the last in the lower 32 bits
     */
    long candidates(long key) {
        if (tables == 0) {
            return 0;
        }
        int table = 0;
        while (true) {
            long distance = key - lowest[table];
            if (Long.compareUnsigned(key, lowest[table]) < 0) {
                return pair(firstRange[table], firstRange[table]);
            }
            long bucket = distance >>> shift[table];
            if (bucket >= buckets[table] || bucket < 0) {
                return pair(endRange[table], endRange[table]);
            }
            int at = start[table] + (int) bucket;
            int slot = slots[at];
            if (slot >= 0) {
                int next = slots[at + 1];
                return pair(slot, next >= 0 ? next : firstRange[~next]);
            }
            table = ~slot;
        }
    }

    private static long pair(int from, int to) {
        return (long) from << 32 | to;
    }

    /** Octets of the arrays. */
    long bytes() {
        return 4L * slots.length + 28L * lowest.length;
    }
}
