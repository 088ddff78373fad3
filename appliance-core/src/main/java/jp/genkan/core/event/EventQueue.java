package jp.genkan.core.event;

import java.util.function.Consumer;

/**
 * A bounded queue of events from the threads that notice something to the one that writes it down. Offering never waits, never allocates
 * and never makes a system call; what does not fit is shed and counted.
 *
 * <p>Thread rule: as the factory method says for the producers; one consumer.
 */
public abstract sealed class EventQueue permits SingleProducerQueue, ManyProducersQueue {
    private final String name;

    EventQueue(String name) {
        this.name = name;
    }

    /**
     * A queue for one worker.
     *
     * @param name for counters and health events
     * @param capacity most events that wait; rounded up to a power of two
     */
    public static EventQueue ofOneProducer(String name, int capacity) {
        return new SingleProducerQueue(name, capacity);
    }

    /**
     * A queue that any number of threads may offer to.
     *
     * @param name for counters and health events
     * @param capacity most events that wait; rounded up to a power of two
     */
    public static EventQueue ofManyProducers(String name, int capacity) {
        return new ManyProducersQueue(name, capacity);
    }

    /** Whose events these are. */
    public final String name() {
        return name;
    }

    /**
     * Puts an event in.
     *
     * @return false when the queue was full and the event is shed
     */
    public abstract boolean offer(Event event);

    /**
     * Takes events out, in the order of their arrival; the consumer only.
     *
     * @param max most events to take
     * @return how many were taken
     */
    public abstract int drain(Consumer<? super Event> to, int max);

    /** Events that were shed since the start; any thread. */
    public abstract long shed();

    /** Events that wait, roughly; any thread. */
    public abstract int size();

    /** Most events that can wait. */
    public abstract int capacity();

    static int powerOfTwo(int capacity) {
        if (capacity < 2 || capacity > 1 << 24) {
            throw new IllegalArgumentException("capacity of an event queue: 2 to 16777216, not " + capacity);
        }
        return Integer.highestOneBit(capacity - 1) << 1;
    }
}
