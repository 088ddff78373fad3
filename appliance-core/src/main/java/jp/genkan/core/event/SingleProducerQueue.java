package jp.genkan.core.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ring of events between one producer and one consumer: each side writes its own cursor and keeps a copy of the other's, which it reads
 * again only when the ring seems full or empty.
 */
final class SingleProducerQueue extends EventQueue {
    private static final VarHandle CURSOR = MethodHandles.arrayElementVarHandle(long[].class);

    // Cursors in one array, each on cache lines of its own: 16 longs are 128 octets, what the prefetcher pairs.
    private static final int TAIL = 16;
    private static final int HEAD_SEEN_BY_PRODUCER = 17;
    private static final int SHED = 18;
    private static final int HEAD = 32;
    private static final int TAIL_SEEN_BY_CONSUMER = 33;
    private static final int CURSORS_LENGTH = 48;

    private final long[] cursors = new long[CURSORS_LENGTH];
    private final @Nullable Event[] ring;
    private final int mask;

    SingleProducerQueue(String name, int capacity) {
        super(name);
        this.ring = new Event[powerOfTwo(capacity)];
        this.mask = ring.length - 1;
    }

    @Override
    public boolean offer(Event event) {
        long tail = cursors[TAIL];
        if (tail - cursors[HEAD_SEEN_BY_PRODUCER] == ring.length) {
            cursors[HEAD_SEEN_BY_PRODUCER] = (long) CURSOR.getAcquire(cursors, HEAD);
            if (tail - cursors[HEAD_SEEN_BY_PRODUCER] == ring.length) {
                CURSOR.setOpaque(cursors, SHED, cursors[SHED] + 1);
                return false;
            }
        }
        ring[(int) tail & mask] = event;
        CURSOR.setRelease(cursors, TAIL, tail + 1);
        return true;
    }

    @Override
    public int drain(Consumer<? super Event> to, int max) {
        long head = cursors[HEAD];
        if (cursors[TAIL_SEEN_BY_CONSUMER] - head < max) {
            cursors[TAIL_SEEN_BY_CONSUMER] = (long) CURSOR.getAcquire(cursors, TAIL);
        }
        int count = (int) Math.min(cursors[TAIL_SEEN_BY_CONSUMER] - head, max);
        for (int i = 0; i < count; i++) {
            int slot = (int) (head + i) & mask;
            Event event = ring[slot];
            ring[slot] = null;
            CURSOR.setRelease(cursors, HEAD, head + i + 1);
            if (event != null) {
                to.accept(event);
            }
        }
        return count;
    }

    @Override
    public long shed() {
        return (long) CURSOR.getOpaque(cursors, SHED);
    }

    @Override
    public int size() {
        long head = (long) CURSOR.getAcquire(cursors, HEAD);
        return Math.clamp((long) CURSOR.getAcquire(cursors, TAIL) - head, 0, ring.length);
    }

    @Override
    public int capacity() {
        return ring.length;
    }
}
