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
 * {@link #release} by the watchdog, {@link #expectPause} by who lets the whole process pause.
 */
public final class Heartbeat {
    private static final VarHandle NANOS = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment state;
    private final long offset;
    private final int worker;
    private boolean bound;
    private volatile boolean held;
    /** Up to when the worker counts as alive without a beat. */
    private volatile long expectedNanos;

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
            long expected = expectedNanos;
            NANOS.setRelease(state, offset, expected - nanos > 0 ? expected : nanos);
        }
    }

    /**
     * Announces that the process will stand still for a moment: its frames wait in their rings, and the kernel does not take over. A worker that counts as dead goes on to do
     * so.
     *
     * @param untilNanos up to when nothing is missed; what has passed already ends an announcement
     */
    public void expectPause(long untilNanos) {
        expectedNanos = untilNanos;
        long last = lastNanos();
        while (last != GateLayout.LONG_DEAD && !NANOS.compareAndSet(state, offset, last, untilNanos)) {
            last = lastNanos();
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
