package jp.genkan.dataplane.gate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import jp.genkan.dataplane.linux.ThreadNumber;

/**
 * A worker's sign of life: one number in memory that the gate's programs read. When it is older than the limit, the kernel forwards what
 * would be this worker's frames.
 *
 * <p>Thread rule: {@link #beat} by the worker, once for each turn of its loop and at least every third of the limit; {@link #hold} and
 * {@link #release} by the watchdog.
 */
public final class Heartbeat {
    private static final VarHandle NANOS = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment state;
    private final long offset;
    private final int worker;
    private boolean bound;
    private volatile boolean held;

    Heartbeat(MemorySegment state, int worker) {
        this.state = state;
        this.offset = GateLayout.STATE_HEARTBEATS + (long) worker * Long.BYTES;
        this.worker = worker;
        NANOS.setRelease(state, offset, GateLayout.LONG_DEAD);
    }

    /** The worker's number. */
    public int worker() {
        return worker;
    }

    /**
     * Says that the worker is alive.
     *
     * @param nanos {@link System#nanoTime}, which on Linux is the kernel's CLOCK_MONOTONIC
     */
    public void beat(long nanos) {
        if (!bound) {
            bind();
        }
        if (!held) {
            NANOS.setRelease(state, offset, nanos);
        }
    }

    /** Tells the kernel which thread beats: when it ends, by whatever cause, the kernel forwards its frames at once. */
    private void bind() {
        bound = true;
        state.set(
                ValueLayout.JAVA_INT, GateLayout.STATE_THREADS + (long) worker * Integer.BYTES, ThreadNumber.current());
    }

    /** Lets the worker look dead whatever it says, until {@link #release}: it turns its loop, but nothing comes through. */
    public void hold() {
        held = true;
        NANOS.setRelease(state, offset, GateLayout.LONG_DEAD);
    }

    /** Believes the worker again from its next beat on. */
    public void release() {
        held = false;
    }

    /** True between {@link #hold} and {@link #release}. */
    public boolean isHeld() {
        return held;
    }

    /** When it was last beaten; far in the past when never, or while held. */
    public long lastNanos() {
        return (long) NANOS.getAcquire(state, offset);
    }
}
