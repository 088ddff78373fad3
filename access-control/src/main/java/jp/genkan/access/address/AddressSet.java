package jp.genkan.access.address;

import java.util.List;
import jp.genkan.core.frame.AddressRange;

/**
 * A handful of address ranges that the packet path can ask without allocating. Looked through from the first to the last: meant for
 * lists that a person writes, not for feeds.
 */
public final class AddressSet {
    /** No address. */
    public static final AddressSet EMPTY = new AddressSet(List.of());

    private static final int WIDTH = 4;

    private final long[] ends; // first high, first low, last high, last low
    private final List<AddressRange> ranges;

    /** The union of these ranges. */
    public AddressSet(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
        this.ends = new long[ranges.size() * WIDTH];
        for (int i = 0; i < ranges.size(); i++) {
            AddressRange range = ranges.get(i);
            ends[i * WIDTH] = range.first().high();
            ends[i * WIDTH + 1] = range.first().low();
            ends[i * WIDTH + 2] = range.last().high();
            ends[i * WIDTH + 3] = range.last().low();
        }
    }

    /** The union of these ranges, each as {@link AddressRange#parse} takes it. */
    public static AddressSet parse(List<String> texts) {
        return new AddressSet(texts.stream().map(AddressRange::parse).toList());
    }

    /** The ranges, as given. */
    public List<AddressRange> ranges() {
        return ranges;
    }

    public boolean isEmpty() {
        return ends.length == 0;
    }

    /** True when the address is in one of the ranges. */
    public boolean contains(long high, long low) {
        return indexOf(high, low, 0) >= 0;
    }

    /** The number of the first range from this one on that has the address, or -1. */
    public int indexOf(long high, long low, int from) {
        for (int at = from * WIDTH; at < ends.length; at += WIDTH) {
            if (atMost(ends[at], ends[at + 1], high, low) && atMost(high, low, ends[at + 2], ends[at + 3])) {
                return at / WIDTH;
            }
        }
        return -1;
    }

    private static boolean atMost(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(low, otherLow) <= 0);
    }
}
