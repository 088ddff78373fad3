package jp.genkan.access.reputation;

import java.util.Arrays;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;

/**
 * The entries of one list file in flat columns that grow: 8 octets an IPv4 entry, 32 an IPv6 entry. Filled by one thread, immutable
 * afterwards.
 */
final class RangeColumns {
    private static final int START = 64;

    private int[] v4 = new int[2 * START]; // first, last
    private long[] v6 = new long[4 * START]; // first high, first low, last high, last low
    private int v4Count;
    private int v6Count;

    void add(AddressRange range) {
        Address first = range.first();
        Address last = range.last();
        if (first.isV4()) {
            if (2 * v4Count == v4.length) {
                v4 = Arrays.copyOf(v4, v4.length * 2);
            }
            v4[2 * v4Count] = (int) first.low();
            v4[2 * v4Count + 1] = (int) last.low();
            v4Count++;
        } else {
            if (4 * v6Count == v6.length) {
                v6 = Arrays.copyOf(v6, v6.length * 2);
            }
            int at = 4 * v6Count;
            v6[at] = first.high();
            v6[at + 1] = first.low();
            v6[at + 2] = last.high();
            v6[at + 3] = last.low();
            v6Count++;
        }
    }

    /** Gives back the room that was kept for growing. */
    RangeColumns trim() {
        v4 = Arrays.copyOf(v4, 2 * v4Count);
        v6 = Arrays.copyOf(v6, 4 * v6Count);
        return this;
    }

    int size() {
        return v4Count + v6Count;
    }

    int v4Count() {
        return v4Count;
    }

    int v6Count() {
        return v6Count;
    }

    /** Copies the IPv4 entries into the sweep. */
    void copyV4(RangeSweep to, int list) {
        for (int i = 0; i < v4Count; i++) {
            to.add(
                    0,
                    Address.MAPPED_PREFIX | (v4[2 * i] & 0xffff_ffffL),
                    0,
                    Address.MAPPED_PREFIX | (v4[2 * i + 1] & 0xffff_ffffL),
                    list);
        }
    }

    /** Copies the IPv6 entries into the sweep. */
    void copyV6(RangeSweep to, int list) {
        for (int at = 0; at < 4 * v6Count; at += 4) {
            to.add(v6[at], v6[at + 1], v6[at + 2], v6[at + 3], list);
        }
    }
}
