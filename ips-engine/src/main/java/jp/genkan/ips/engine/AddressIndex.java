package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.genkan.core.frame.Address;
import jp.genkan.ips.network.AddressSpec;

/**
 * Which of many address sets hold an address: all addresses are cut where a set begins or ends, and each piece lists its sets. One binary search answers for
 * thousands of sets, where a list of known attackers would otherwise be looked through for each flow.
 *
 * <p>Thread rule: immutable, shared.
 */
final class AddressIndex {
    private static final int[] NONE = {};

    /** Pieces that a set may lie in for each of its ranges: wide sets would be listed again and again, they are asked one by one. */
    private static final int PIECES_A_RANGE = 8;

    private final long[] high;
    private final long[] low;
    private final int[][] lists;

    private AddressIndex(long[] high, long[] low, int[][] lists) {
        this.high = high;
        this.low = low;
        this.lists = lists;
    }

    /**
     * Indexes sets.
     *
     * @param specs by their numbers
     * @param wide is given the numbers of sets that are not in the index
     */
    static AddressIndex of(Map<Integer, AddressSpec> specs, List<Integer> wide) {
        TreeSet<Address> borders = new TreeSet<>();
        borders.add(new Address(0, 0));
        specs.values().forEach(spec -> addBorders(spec, borders));
        List<Address> sorted = List.copyOf(borders);
        List<List<Integer>> found = new ArrayList<>(Collections.nCopies(sorted.size(), List.of()));
        specs.forEach((number, spec) -> {
            int[] pieces = pieces(spec, sorted);
            if (pieces == null) {
                wide.add(number);
            } else {
                for (int piece : pieces) {
                    List<Integer> longer = new ArrayList<>(found.get(piece));
                    longer.add(number);
                    found.set(piece, longer);
                }
            }
        });
        long[] high = sorted.stream().mapToLong(Address::high).toArray();
        long[] low = sorted.stream().mapToLong(Address::low).toArray();
        Map<List<Integer>, int[]> shared = new HashMap<>();
        int[][] lists = new int[found.size()][];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = found.get(i).isEmpty()
                    ? NONE
                    : shared.computeIfAbsent(
                            found.get(i),
                            list -> list.stream().mapToInt(Integer::intValue).toArray());
        }
        return new AddressIndex(high, low, lists);
    }

    private static void addBorders(AddressSpec spec, Set<Address> borders) {
        for (int i = 0; i < spec.size(); i++) {
            borders.add(spec.first(i));
            Address last = spec.last(i);
            long nextLow = last.low() + 1;
            long nextHigh = nextLow == 0 ? last.high() + 1 : last.high();
            if (nextLow != 0 || nextHigh != 0) {
                borders.add(new Address(nextHigh, nextLow));
            }
        }
    }

    /** The pieces that a set consists of; null when there are too many. */
    private static int @org.jspecify.annotations.Nullable [] pieces(AddressSpec spec, List<Address> sorted) {
        int most = spec.size() * PIECES_A_RANGE;
        int[] pieces = new int[most];
        int count = 0;
        for (int i = 0; i < spec.size(); i++) {
            int piece = Collections.binarySearch(sorted, spec.first(i));
            Address last = spec.last(i);
            while (piece < sorted.size() && sorted.get(piece).compareTo(last) <= 0) {
                if (count == most) {
                    return null;
                }
                pieces[count++] = piece++;
            }
        }
        return Arrays.copyOf(pieces, count);
    }

    /** Numbers of the sets that hold an address. Not to be changed. */
    int[] find(long addressHigh, long addressLow) {
        int from = 0;
        int to = high.length - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            int order = Long.compareUnsigned(high[middle], addressHigh);
            if (order < 0 || order == 0 && Long.compareUnsigned(low[middle], addressLow) <= 0) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return lists[from];
    }
}
