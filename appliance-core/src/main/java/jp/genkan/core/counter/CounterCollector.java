package jp.genkan.core.counter;

/** Takes sets of counters, for status and statistics. */
@FunctionalInterface
public interface CounterCollector {
    /** One set, with the prefix under which its counters are told. */
    <E extends Enum<E>> void add(String prefix, CounterSet<E> counters);
}
