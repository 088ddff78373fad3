package jp.genkan.core.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ring of events from many producers to one consumer. A producer claims a slot by moving the tail with compare-and-set, then publishes the
 * event in it; the consumer takes a slot when its event is there. A producer that is stopped between the two delays the events behind its
 * own, never another producer's offer.
 */
final class ManyProducersQueue extends EventQueue {
    private static final VarHandle CURSOR = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Event[].class);

    private static final int TAIL = 16;
    private static final int SHED = 32;
    private static final int HEAD = 48;
    private static final int CURSORS_LENGTH = 64;

    private final long[] cursors = new long[CURSORS_LENGTH];
    private final @Nullable Event[] ring;
    private final int mask;

    ManyProducersQueue(String name, int capacity) {
        super(name);
        this.ring = new Event[powerOfTwo(capacity)];
        this.mask = ring.length - 1;
    }

    @Override
    public boolean offer(Event event) {
        while (true) {
            long tail = (long) CURSOR.getVolatile(cursors, TAIL);
            // The head is read after the tail: other producers can only have made the ring fuller since.
            if (tail - (long) CURSOR.getVolatile(cursors, HEAD) >= ring.length) {
                CURSOR.getAndAdd(cursors, SHED, 1L);
                return false;
            }
            if (CURSOR.compareAndSet(cursors, TAIL, tail, tail + 1)) {
                SLOT.setRelease(ring, (int) tail & mask, event);
                return true;
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public int drain(Consumer<? super Event> to, int max) {
        long head = cursors[HEAD];
        int count = 0;
        while (count < max) {
            int slot = (int) head & mask;
            Event event = (Event) SLOT.getAcquire(ring, slot);
            if (event == null) {
                break;
            }
            SLOT.setOpaque(ring, slot, null);
            CURSOR.setRelease(cursors, HEAD, ++head); // after the slot is empty again: a producer may now claim it
            count++;
            to.accept(event);
        }
        return count;
    }

    @Override
    public long shed() {
        return (long) CURSOR.getVolatile(cursors, SHED);
    }

    @Override
    public int size() {
        long head = (long) CURSOR.getVolatile(cursors, HEAD);
        return Math.clamp((long) CURSOR.getVolatile(cursors, TAIL) - head, 0, ring.length);
    }

    @Override
    public int capacity() {
        return ring.length;
    }
}
