package jp.genkan.access.reputation;

import java.time.Instant;
import java.util.List;
import jp.genkan.access.address.AddressException;
import jp.genkan.access.address.AddressSet;

/**
 * All lists of one moment, compiled. Immutable; shared by all workers.
 */
final class ReputationSet {
    private static final long NEVER = Long.MAX_VALUE;

    private final int generation;
    private final List<ReputationList> lists;
    private final RangeTable toOutside;
    private final RangeTable fromOutside;
    private final AddressSet exceptions;
    private final long[] exceptionEnds; // epoch nanoseconds, one an exception
    private final boolean empty;

    /**
     * Compiles the lists.
     *
     * @param generation a number other than zero that no earlier set had
     */
    static ReputationSet compile(
            int generation,
            List<ReputationList> lists,
            List<RangeColumns> contents,
            List<AddressException> exceptions) {
        RangeTable toOutside = RangeTable.compile(lists, contents, ListDirection.TO_OUTSIDE);
        boolean sameBothWays = lists.stream().allMatch(list -> list.direction() == ListDirection.BOTH);
        RangeTable fromOutside =
                sameBothWays ? toOutside : RangeTable.compile(lists, contents, ListDirection.FROM_OUTSIDE);
        return new ReputationSet(generation, lists, toOutside, fromOutside, exceptions);
    }

    private ReputationSet(
            int generation,
            List<ReputationList> lists,
            RangeTable toOutside,
            RangeTable fromOutside,
            List<AddressException> exceptions) {
        this.generation = generation;
        this.lists = List.copyOf(lists);
        this.toOutside = toOutside;
        this.fromOutside = fromOutside;
        this.exceptions =
                new AddressSet(exceptions.stream().map(AddressException::range).toList());
        this.exceptionEnds = new long[exceptions.size()];
        for (int i = 0; i < exceptionEnds.length; i++) {
            exceptionEnds[i] = endOf(exceptions.get(i));
        }
        this.empty = toOutside.ranges() == 0 && fromOutside.ranges() == 0;
    }

    private static long endOf(AddressException exception) {
        Instant end = exception.until();
        if (end == null) {
            return NEVER;
        }
        try {
            return Math.addExact(Math.multiplyExact(end.getEpochSecond(), 1_000_000_000L), end.getNano());
        } catch (ArithmeticException farAway) {
            return end.getEpochSecond() < 0 ? Long.MIN_VALUE : NEVER;
        }
    }

    int generation() {
        return generation;
    }

    /** True when no address is listed. */
    boolean isEmpty() {
        return empty;
    }

    RangeTable table(boolean begunInside) {
        return begunInside ? toOutside : fromOutside;
    }

    ReputationList list(int number) {
        return lists.get(number);
    }

    /** True when this address is excepted from all lists at this time. */
    boolean isExcepted(long high, long low, long epochNanos) {
        for (int i = exceptions.indexOf(high, low, 0); i >= 0; i = exceptions.indexOf(high, low, i + 1)) {
            if (epochNanos < exceptionEnds[i]) {
                return true;
            }
        }
        return false;
    }

    /** Octets of all look-up arrays. */
    long bytes() {
        return toOutside.bytes() + (fromOutside == toOutside ? 0 : fromOutside.bytes());
    }

    /** Disjoint ranges in the larger table. */
    int ranges() {
        return Math.max(toOutside.ranges(), fromOutside.ranges());
    }
}
