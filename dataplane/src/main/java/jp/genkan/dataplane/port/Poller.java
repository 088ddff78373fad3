package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Sockets;

/**
 * Waits for frames on all queues of one worker.
 *
 * <p>Before it asks the kernel it looks at the rings for a short time, because a frame often follows another at once and going to sleep
 * costs more than that. It also takes away the error that a socket has after its interface went, and lets a queue take over new sockets.
 *
 * <p>Thread rule: one worker. Allocates nothing.
 */
public final class Poller {
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final AfPacketQueue[] queues;
    private final long spinNanos;
    private final MemorySegment descriptors;
    private final MemorySegment timespec;
    private final CallState state = new CallState();

    Poller(List<AfPacketQueue> queues, long spinNanos) {
        this.queues = queues.toArray(AfPacketQueue[]::new);
        this.spinNanos = spinNanos;
        Arena arena = Arena.ofAuto();
        this.descriptors = arena.allocate((long) this.queues.length * Sockets.POLLFD_LENGTH, Integer.BYTES);
        this.timespec = arena.allocate(2 * Long.BYTES, Long.BYTES);
        for (int i = 0; i < this.queues.length; i++) {
            descriptors.set(JAVA_SHORT, (long) i * Sockets.POLLFD_LENGTH + EVENTS, (short) Sockets.POLLIN);
        }
    }

    /**
     * Waits until a frame is there.
     *
     * @param timeoutNanos how long at most; 0 only looks
     * @return how many queues have a frame; 0 after the timeout
     */
    public int await(long timeoutNanos) {
        int ready = adoptAndLook();
        if (ready > 0 || timeoutNanos <= 0) {
            return ready;
        }
        if (spinNanos > 0) {
            ready = spin(Math.min(spinNanos, timeoutNanos));
            if (ready > 0) {
                return ready;
            }
        }
        return sleep(timeoutNanos);
    }

    private int adoptAndLook() {
        int ready = 0;
        for (AfPacketQueue queue : queues) {
            queue.adopt();
            if (queue.isReady()) {
                ready++;
            }
        }
        return ready;
    }

    private int spin(long nanos) {
        long end = System.nanoTime() + nanos;
        do {
            for (AfPacketQueue queue : queues) {
                if (queue.isReady()) {
                    return 1;
                }
            }
            Thread.onSpinWait();
        } while (System.nanoTime() < end);
        return 0;
    }

    private int sleep(long timeoutNanos) {
        for (int i = 0; i < queues.length; i++) {
            long entry = (long) i * Sockets.POLLFD_LENGTH;
            descriptors.set(JAVA_INT, entry, queues[i].descriptor());
            descriptors.set(JAVA_SHORT, entry + REVENTS, (short) 0);
        }
        timespec.set(JAVA_LONG, 0, timeoutNanos / 1_000_000_000L);
        timespec.set(JAVA_LONG, Long.BYTES, timeoutNanos % 1_000_000_000L);
        int told = Sockets.ppoll(state, descriptors.address(), queues.length, timespec.address());
        int ready = 0;
        for (int i = 0; i < queues.length && told > 0; i++) {
            int events = descriptors.get(JAVA_SHORT, (long) i * Sockets.POLLFD_LENGTH + REVENTS);
            if ((events & (Sockets.POLLERR | Sockets.POLLHUP)) != 0) {
                queues[i].takeError();
            }
            if ((events & Sockets.POLLIN) != 0) {
                ready++;
            }
        }
        return ready;
    }
}
