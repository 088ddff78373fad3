package jp.genkan.urlfilter.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The different sets of marks that keys have: a few thousand even where lists overlap, so that two octets a key are enough. Thread rule: one
 * thread.
 */
final class MarkSets {
    /** Sets that two octets can tell apart. */
    static final int SETS_MAX = 1 << 16;

    private final List<int[]> sets = new ArrayList<>();
    private final Map<Marks, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> steps = new HashMap<>();
    private long dropped;

    /** A set as a key of a map. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its content
    private record Marks(int[] sorted) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Marks marks && Arrays.equals(sorted, marks.sorted);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sorted);
        }
    }

    /** The number of the set of one mark. */
    int of(int mark) {
        return number(new int[] {mark}, 0);
    }

    /** The number of a set with one mark more. Where there is no room for another set, the mark is left out and counted. */
    int with(int set, int mark) {
        long step = (long) set << Integer.SIZE | mark;
        Integer known = steps.get(step);
        if (known != null) {
            return known;
        }
        int[] old = sets.get(set);
        int place = Arrays.binarySearch(old, mark);
        int result = set;
        if (place < 0) {
            int[] longer = Arrays.copyOf(old, old.length + 1);
            longer[old.length] = mark;
            Arrays.sort(longer);
            result = number(longer, set);
            if (result == set) {
                return set; // dropped, and counted each time
            }
        }
        steps.put(step, result);
        return result;
    }

    private int number(int[] marks, int ifFull) {
        Marks key = new Marks(marks);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (sets.size() == SETS_MAX) {
            dropped++;
            return ifFull;
        }
        sets.add(marks);
        numbers.put(key, sets.size() - 1);
        return sets.size() - 1;
    }

    /** All sets, by their number. */
    int[][] all() {
        return sets.toArray(int[][]::new);
    }

    /** Marks that were left out. */
    long dropped() {
        return dropped;
    }
}
