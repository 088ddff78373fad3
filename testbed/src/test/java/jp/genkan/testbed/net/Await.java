package jp.genkan.testbed.net;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a state, never for a time. */
public final class Await {
    /** How often a state is looked at: far below what a person or a time-out notices. */
    private static final long LOOK_NANOS = 2_000_000;

    private Await() {}

    /**
     * Returns as soon as the state holds.
     *
     * @throws AssertionError when it does not hold in time
     */
    public static void until(String state, Duration limit, Callable<Boolean> holds) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + state);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
