package jp.genkan.ips.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of ports, as sorted ranges that neither overlap nor touch.
 *
 * <p>Thread rule: immutable; {@link #contains} allocates nothing.
 */
public final class PortSpec {
    /** The highest port. */
    public static final int PORT_MAX = 0xffff;

    /** Every port, and what has none. */
    public static final PortSpec ANY = new PortSpec(new int[] {0, PORT_MAX});

    /** Two numbers a range: its first port, its last one. */
    private final int[] ends;

    private PortSpec(int[] ends) {
        this.ends = ends;
    }

    /** The ports from one to another, both included. */
    public static PortSpec of(int first, int last) {
        if (first < 0 || last > PORT_MAX || first > last) {
            throw new IllegalArgumentException("no range of ports: " + first + ":" + last);
        }
        return new PortSpec(new int[] {first, last});
    }

    static PortSpec union(List<PortSpec> specs) {
        List<int[]> runs = new ArrayList<>();
        for (PortSpec spec : specs) {
            for (int i = 0; i < spec.size(); i++) {
                runs.add(new int[] {spec.first(i), spec.last(i)});
            }
        }
        runs.sort((left, right) -> Integer.compare(left[0], right[0]));
        int[] merged = new int[2 * runs.size()];
        int length = 0;
        for (int[] run : runs) {
            if (length == 0 || run[0] > merged[length - 1] + 1) {
                merged[length++] = run[0];
                merged[length++] = run[1];
            } else {
                merged[length - 1] = Math.max(merged[length - 1], run[1]);
            }
        }
        return new PortSpec(Arrays.copyOf(merged, length));
    }

    /** What is not in this set. */
    PortSpec complement() {
        int[] others = new int[ends.length + 2];
        int length = 0;
        int from = 0;
        for (int i = 0; i < size(); i++) {
            if (first(i) > from) {
                others[length++] = from;
                others[length++] = first(i) - 1;
            }
            from = last(i) + 1;
        }
        if (from <= PORT_MAX) {
            others[length++] = from;
            others[length++] = PORT_MAX;
        }
        return new PortSpec(Arrays.copyOf(others, length));
    }

    /** What is in this set and not in the other. */
    PortSpec without(PortSpec taken) {
        return union(List.of(complement(), taken)).complement();
    }

    /** True when every port is in it. */
    public boolean isAny() {
        return equals(ANY);
    }

    boolean isEmpty() {
        return ends.length == 0;
    }

    /** Number of ranges. */
    public int size() {
        return ends.length / 2;
    }

    /** The lowest port of a range. */
    public int first(int range) {
        return ends[2 * range];
    }

    /** The highest port of a range. */
    public int last(int range) {
        return ends[2 * range + 1];
    }

    /** Number of ports. */
    public int count() {
        int count = 0;
        for (int i = 0; i < size(); i++) {
            count += last(i) - first(i) + 1;
        }
        return count;
    }

    /** True when the port is in the set. */
    public boolean contains(int port) {
        int from = 0;
        int to = ends.length / 2 - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            if (port < ends[2 * middle]) {
                to = middle - 1;
            } else if (port > ends[2 * middle + 1]) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSpec spec && Arrays.equals(ends, spec.ends);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ends);
    }

    /** {@code any}, or the ranges. */
    @Override
    public String toString() {
        if (isAny()) {
            return "any";
        }
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ",").append(first(i));
            if (first(i) < last(i)) {
                text.append(':').append(last(i));
            }
        }
        return text.append(']').toString();
    }
}
