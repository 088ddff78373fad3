package jp.genkan.appcontrol.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;

/**
 * Finds the application of an address: the narrowest range that holds it.
 *
 * <p>Thread rule: immutable.
 */
public final class AddressTable {
    /** Ranges that are held; what clouds publish is some thousands. */
    public static final int RANGES_MAX = 20_000;

    private final long[] highs;
    private final long[] lows;
    private final int[] applications;

    /**
     * A range and what it names.
     *
     * @param application number of the name
     */
    public record Entry(AddressRange range, int application) {}

    /** A table over ranges; of two that are the same, the first counts. */
    public AddressTable(List<Entry> entries) {
        if (entries.size() > RANGES_MAX) {
            throw new IllegalArgumentException(
                    entries.size() + " address ranges, and at most " + RANGES_MAX + " can be used");
        }
        TreeSet<Address> edges = new TreeSet<>(AddressTable::compare);
        for (Entry entry : entries) {
            edges.add(entry.range().first());
            Address behind = behind(entry.range().last());
            if (behind.high() != 0 || behind.low() != 0) {
                edges.add(behind);
            }
        }
        Address[] starts = edges.toArray(Address[]::new);
        highs = Arrays.stream(starts).mapToLong(Address::high).toArray();
        lows = Arrays.stream(starts).mapToLong(Address::low).toArray();
        applications = new int[starts.length];
        List<Entry> broadFirst = new ArrayList<>(entries.reversed());
        broadFirst.sort(
                Comparator.comparingDouble((Entry entry) -> size(entry.range())).reversed());
        for (Entry entry : broadFirst) {
            Address first = entry.range().first();
            for (int i = floor(first.high(), first.low());
                    i < starts.length && compare(starts[i], entry.range().last()) <= 0;
                    i++) {
                applications[i] = entry.application();
            }
        }
    }

    private static double size(AddressRange range) {
        double high = (double) (range.last().high() - range.first().high());
        return high * 0x1p64 + (range.last().low() - range.first().low());
    }

    private static Address behind(Address address) {
        long low = address.low() + 1;
        return new Address(low == 0 ? address.high() + 1 : address.high(), low);
    }

    private static int compare(Address one, Address other) {
        int high = Long.compareUnsigned(one.high(), other.high());
        return high != 0 ? high : Long.compareUnsigned(one.low(), other.low());
    }

    /** The application of an address, {@link HostTable#NOT_LISTED} when no range holds it. */
    public int find(long high, long low) {
        int at = floor(high, low);
        return at < 0 ? HostTable.NOT_LISTED : applications[at];
    }

    /** Index of the last edge that is not behind the address, -1 when all are. */
    private int floor(long high, long low) {
        int from = 0;
        int to = highs.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = Long.compareUnsigned(highs[middle], high);
            order = order != 0 ? order : Long.compareUnsigned(lows[middle], low);
            if (order <= 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return to;
    }
}
