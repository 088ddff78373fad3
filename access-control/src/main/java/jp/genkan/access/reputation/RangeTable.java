package jp.genkan.access.reputation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;

/**
 * All lists compiled into sorted, disjoint ranges with the list that counts for each. Immutable; a look-up takes the two halves of an
 * address and allocates nothing.
 *
 * <p>IPv4: an index by the upper 16 bits, then a binary search among the ranges that begin there; 12 octets a range. IPv6: a binary
 * search over every 64th range, whose keys stay in the processor's cache, then one within 64 neighbours; 36 octets a range. The two
 * families never meet: {@code ::/0} does not cover IPv4.
 */
final class RangeTable {
    /** What {@link #find} answers for an address that is on no list. */
    static final int NOT_LISTED = -1;

    private static final int V6_HANDLE = 0x4000_0000;
    private static final int BLOCK_SHIFT = 6;
    private static final int BUCKETS = 1 << 16;

    private final int[] v4First;
    private final int[] v4Last;
    private final int[] v4List;
    private final int[] v4Bucket; // number of the first range that begins in this bucket or a later one

    private final long[] v6First; // high, low
    private final long[] v6Last;
    private final int[] v6List;
    private final long[] v6Sample; // high, low of every 64th range

    // a list number below zero is ~index into these: the piece is only a part of the entry that counts
    private final List<AddressRange> splitEntries = new ArrayList<>();
    private final List<Integer> splitLists = new ArrayList<>();

    /**
     * Compiles the lists that count for flows of this direction.
     *
     * @param contents the entries of each list, in the order of {@code lists}
     */
    static RangeTable compile(List<ReputationList> lists, List<RangeColumns> contents, ListDirection direction) {
        return new RangeTable(lists, contents, direction);
    }

    private RangeTable(List<ReputationList> lists, List<RangeColumns> contents, ListDirection direction) {
        int v4Entries = 0;
        int v6Entries = 0;
        for (int i = 0; i < lists.size(); i++) {
            if (lists.get(i).direction().covers(direction)) {
                v4Entries += contents.get(i).v4Count();
                v6Entries += contents.get(i).v6Count();
            }
        }
        RangeSweep v4 = new RangeSweep(lists, v4Entries);
        RangeSweep v6 = new RangeSweep(lists, v6Entries);
        for (int i = 0; i < lists.size(); i++) {
            if (lists.get(i).direction().covers(direction)) {
                contents.get(i).copyV4(v4, i);
                contents.get(i).copyV6(v6, i);
            }
        }
        Pieces v4Pieces = new Pieces(v4, v4Entries);
        v4.sweep(v4Pieces);
        v4First = v4Pieces.lows(v4Pieces.first);
        v4Last = v4Pieces.lows(v4Pieces.last);
        v4List = v4Pieces.lists();
        v4Bucket = buckets(v4First);
        Pieces v6Pieces = new Pieces(v6, v6Entries);
        v6.sweep(v6Pieces);
        v6First = Arrays.copyOf(v6Pieces.first, 2 * v6Pieces.count);
        v6Last = Arrays.copyOf(v6Pieces.last, 2 * v6Pieces.count);
        v6List = v6Pieces.lists();
        v6Sample = sample(v6First);
    }

    private static int[] buckets(int[] first) {
        int[] bucket = new int[BUCKETS + 1];
        int range = 0;
        for (int i = 0; i <= BUCKETS; i++) {
            while (range < first.length && first[range] >>> 16 < i) {
                range++;
            }
            bucket[i] = range;
        }
        return bucket;
    }

    private static long[] sample(long[] first) {
        int blocks = (first.length / 2 + (1 << BLOCK_SHIFT) - 1) >>> BLOCK_SHIFT;
        long[] sample = new long[2 * blocks];
        for (int i = 0; i < blocks; i++) {
            sample[2 * i] = first[2 * (i << BLOCK_SHIFT)];
            sample[2 * i + 1] = first[2 * (i << BLOCK_SHIFT) + 1];
        }
        return sample;
    }

    /** A handle for the entry that counts for this address, or {@link #NOT_LISTED}. */
    int find(long high, long low) {
        return Address.isV4(high, low) ? findV4((int) low) : findV6(high, low);
    }

    private int findV4(int address) {
        int bucket = address >>> 16;
        int from = v4Bucket[bucket];
        int to = v4Bucket[bucket + 1];
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Integer.compareUnsigned(v4First[middle], address) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        int range = from - 1; // the last that begins at or before the address
        return range >= 0 && Integer.compareUnsigned(v4Last[range], address) >= 0 ? range : NOT_LISTED;
    }

    private int findV6(long high, long low) {
        int block = lastAtMost(v6Sample, 0, v6Sample.length / 2, high, low);
        if (block < 0) {
            return NOT_LISTED;
        }
        int from = block << BLOCK_SHIFT;
        int to = Math.min(from + (1 << BLOCK_SHIFT), v6List.length);
        int range = lastAtMost(v6First, from, to, high, low);
        return compare(v6Last[2 * range], v6Last[2 * range + 1], high, low) >= 0 ? range | V6_HANDLE : NOT_LISTED;
    }

    /** The last of the pairs from..to that is at most the key, or {@code from - 1}. */
    private static int lastAtMost(long[] pairs, int from, int to, long high, long low) {
        int lower = from;
        int upper = to;
        while (lower < upper) {
            int middle = (lower + upper) >>> 1;
            if (compare(pairs[2 * middle], pairs[2 * middle + 1], high, low) <= 0) {
                lower = middle + 1;
            } else {
                upper = middle;
            }
        }
        return lower - 1;
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /** The number of the list that the entry stands in. */
    int list(int handle) {
        int list = (handle & V6_HANDLE) != 0 ? v6List[handle & ~V6_HANDLE] : v4List[handle];
        return list >= 0 ? list : splitLists.get(~list);
    }

    /** The entry as the list has it. Allocates: for events. */
    AddressRange entry(int handle) {
        int range = handle & ~V6_HANDLE;
        boolean isV6 = (handle & V6_HANDLE) != 0;
        int list = isV6 ? v6List[range] : v4List[range];
        if (list < 0) {
            return splitEntries.get(~list);
        }
        return isV6
                ? new AddressRange(
                        new Address(v6First[2 * range], v6First[2 * range + 1]),
                        new Address(v6Last[2 * range], v6Last[2 * range + 1]))
                : new AddressRange(Address.ofV4(v4First[range]), Address.ofV4(v4Last[range]));
    }

    /** Disjoint ranges in the table. */
    int ranges() {
        return v4List.length + v6List.length;
    }

    /** Octets of the arrays that a look-up uses. */
    long bytes() {
        return 4L * (v4First.length + v4Last.length + v4List.length + v4Bucket.length + v6List.length)
                + 8L * (v6First.length + v6Last.length + v6Sample.length);
    }

    /** Gathers what the sweep hands out. */
    private final class Pieces implements RangeSweep.PieceSink {
        private final RangeSweep sweep;
        private long[] first;
        private long[] last;
        private int[] list;
        private int count;
        private int lastSplit = -1; // entry that the newest split entry stands for

        Pieces(RangeSweep sweep, int expected) {
            this.sweep = sweep;
            int capacity = Math.max(expected, 16);
            first = new long[2 * capacity];
            last = new long[2 * capacity];
            list = new int[capacity];
        }

        @Override
        public void piece(long firstHigh, long firstLow, long lastHigh, long lastLow, int entry) {
            if (count == list.length) {
                first = Arrays.copyOf(first, first.length * 2);
                last = Arrays.copyOf(last, last.length * 2);
                list = Arrays.copyOf(list, list.length * 2);
            }
            first[2 * count] = firstHigh;
            first[2 * count + 1] = firstLow;
            last[2 * count] = lastHigh;
            last[2 * count + 1] = lastLow;
            boolean whole = firstHigh == sweep.firstHigh(entry)
                    && firstLow == sweep.firstLow(entry)
                    && lastHigh == sweep.lastHigh(entry)
                    && lastLow == sweep.lastLow(entry);
            list[count++] = whole ? sweep.listOf(entry) : split(entry);
        }

        private int split(int entry) {
            if (entry != lastSplit) {
                splitEntries.add(new AddressRange(
                        new Address(sweep.firstHigh(entry), sweep.firstLow(entry)),
                        new Address(sweep.lastHigh(entry), sweep.lastLow(entry))));
                splitLists.add(sweep.listOf(entry));
                lastSplit = entry;
            }
            return ~(splitEntries.size() - 1);
        }

        int[] lists() {
            return Arrays.copyOf(list, count);
        }

        int[] lows(long[] pairs) {
            int[] lows = new int[count];
            for (int i = 0; i < count; i++) {
                lows[i] = (int) pairs[2 * i + 1];
            }
            return lows;
        }
    }
}
