package jp.genkan.ips.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;

/**
 * A set of addresses, as sorted ranges that neither overlap nor touch. IPv4 addresses stand among the others as {@code ::ffff:a.b.c.d}.
 *
 * <p>Thread rule: immutable; {@link #contains} allocates nothing.
 */
public final class AddressSpec {
    private static final Address LOWEST = new Address(0, 0);
    private static final Address HIGHEST = new Address(-1, -1);
    private static final Address V4_LOWEST = Address.ofV4(0);
    private static final Address V4_HIGHEST = Address.ofV4(-1);

    /** Every address. */
    public static final AddressSpec ANY = new AddressSpec(List.of(new Run(LOWEST, HIGHEST)));

    static final AddressSpec NONE = new AddressSpec(List.of());

    /** Both ends included; unlike an {@link AddressRange}, of both families. */
    private record Run(Address first, Address last) {}

    private static final Comparator<Run> BY_FIRST = Comparator.comparing(Run::first);

    /** Four halves a range: of its first address, of its last one. */
    private final long[] halves;

    private AddressSpec(List<Run> sorted) {
        halves = new long[4 * sorted.size()];
        for (int i = 0; i < sorted.size(); i++) {
            Run run = sorted.get(i);
            halves[4 * i] = run.first.high();
            halves[4 * i + 1] = run.first.low();
            halves[4 * i + 2] = run.last.high();
            halves[4 * i + 3] = run.last.low();
        }
    }

    /** The addresses of a range. {@code ::/0} is IPv6 only, though IPv4 addresses lie within it by number. */
    public static AddressSpec of(AddressRange range) {
        Run run = new Run(range.first(), range.last());
        AddressSpec all = new AddressSpec(List.of(run));
        boolean holdsMapped = !range.first().isV4()
                && range.first().compareTo(V4_LOWEST) < 0
                && range.last().compareTo(V4_HIGHEST) > 0;
        return holdsMapped ? all.without(new AddressSpec(List.of(new Run(V4_LOWEST, V4_HIGHEST)))) : all;
    }

    static AddressSpec union(List<AddressSpec> specs) {
        List<Run> runs = new ArrayList<>();
        for (AddressSpec spec : specs) {
            spec.addTo(runs);
        }
        runs.sort(BY_FIRST);
        List<Run> merged = new ArrayList<>(runs.size());
        for (Run run : runs) {
            Run before = merged.isEmpty() ? null : merged.getLast();
            if (before == null || !touches(before.last, run.first)) {
                merged.add(run);
            } else if (run.last.compareTo(before.last) > 0) {
                merged.set(merged.size() - 1, new Run(before.first, run.last));
            }
        }
        return new AddressSpec(merged);
    }

    private static boolean touches(Address last, Address first) {
        return last.equals(HIGHEST) || first.compareTo(next(last)) <= 0;
    }

    /** What is not in this set. */
    AddressSpec complement() {
        List<Run> runs = new ArrayList<>();
        Address from = LOWEST;
        for (int i = 0; i < size(); i++) {
            Address first = first(i);
            if (first.compareTo(from) > 0) {
                runs.add(new Run(from, previous(first)));
            }
            Address last = last(i);
            if (last.equals(HIGHEST)) {
                return new AddressSpec(runs);
            }
            from = next(last);
        }
        runs.add(new Run(from, HIGHEST));
        return new AddressSpec(runs);
    }

    /** What is in this set and not in the other. */
    AddressSpec without(AddressSpec taken) {
        return union(List.of(complement(), taken)).complement();
    }

    private static Address next(Address address) {
        long low = address.low() + 1;
        return new Address(low == 0 ? address.high() + 1 : address.high(), low);
    }

    private static Address previous(Address address) {
        long low = address.low() - 1;
        return new Address(low == -1 ? address.high() - 1 : address.high(), low);
    }

    private void addTo(List<Run> runs) {
        for (int i = 0; i < size(); i++) {
            runs.add(new Run(first(i), last(i)));
        }
    }

    /** True when every address is in it. */
    public boolean isAny() {
        return equals(ANY);
    }

    boolean isEmpty() {
        return halves.length == 0;
    }

    /** How many addresses it holds, roughly where there are very many: to tell narrow sets from wide ones. */
    public double addresses() {
        double sum = 0;
        for (int i = 0; i < halves.length; i += 4) {
            sum += (unsigned(halves[i + 2]) - unsigned(halves[i])) * 0x1p64
                    + unsigned(halves[i + 3])
                    - unsigned(halves[i + 1])
                    + 1;
        }
        return sum;
    }

    private static double unsigned(long value) {
        return (value >>> 1) * 2.0 + (value & 1);
    }

    /** Number of ranges. */
    public int size() {
        return halves.length / 4;
    }

    /** The lowest address of a range. */
    public Address first(int range) {
        return new Address(halves[4 * range], halves[4 * range + 1]);
    }

    /** The highest address of a range. */
    public Address last(int range) {
        return new Address(halves[4 * range + 2], halves[4 * range + 3]);
    }

    /** True when the address with these halves is in the set. */
    public boolean contains(long high, long low) {
        int from = 0;
        int to = halves.length / 4 - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int index = 4 * middle;
            if (isBelow(high, low, halves[index], halves[index + 1])) {
                to = middle - 1;
            } else if (isBelow(halves[index + 2], halves[index + 3], high, low)) {
                from = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh
                ? low + Long.MIN_VALUE < otherLow + Long.MIN_VALUE
                : high + Long.MIN_VALUE < otherHigh + Long.MIN_VALUE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSpec spec && Arrays.equals(halves, spec.halves);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(halves);
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
            if (!first(i).equals(last(i))) {
                text.append('-').append(last(i));
            }
        }
        return text.append(']').toString();
    }
}
