package jp.genkan.core.counter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.StringJoiner;

/**
 * One 64-bit counter for each constant of an enum, whose Javadoc is the operator's manual.
 *
 * <p>Thread rule: one writer, any number of readers; a reader sees each counter whole and never going back, but not all of them at one
 * moment. Neither side allocates.
 *
 * @param <E> what is counted
 */
public final class CounterSet<E extends Enum<E>> {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final E[] names;
    private final long[] cells;

    /** Counters at zero for all constants of the enum. */
    public CounterSet(Class<E> names) {
        this.names = names.getEnumConstants();
        this.cells = new long[this.names.length];
    }

    /** Adds one. */
    public void increment(E name) {
        add(name, 1);
    }

    /** Adds to a counter; the writer only. */
    public void add(E name, long amount) {
        int cell = name.ordinal();
        CELL.setOpaque(cells, cell, cells[cell] + amount);
    }

    /** The counter's value, on any thread. */
    public long get(E name) {
        return (long) CELL.getOpaque(cells, name.ordinal());
    }

    /** Hands every counter to the visitor, in the order of the enum. */
    public void forEach(Visitor<? super E> visitor) {
        for (E name : names) {
            visitor.visit(name, get(name));
        }
    }

    /** The counters that are not at zero. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        forEach((name, value) -> {
            if (value != 0) {
                text.add(name + "=" + value);
            }
        });
        return text.toString();
    }

    /**
     * Takes counters one by one.
     *
     * @param <E> what is counted
     */
    @FunctionalInterface
    public interface Visitor<E> {
        /** One counter. */
        void visit(E name, long value);
    }
}
