package jp.genkan.testbed.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time, and what is to happen in it. Nothing takes time but waiting: workers run until they have nothing to do, then the clock jumps. */
public final class Simulation {
    /** A run with more steps than this does not end by itself. */
    private static final long STEPS_MAX = 50_000_000;
    /** A worker that finds work in so many duty cycles on end, while no frame arrives, is in a loop. */
    private static final int DUTY_CYCLES_MAX = 100_000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::nanos).thenComparingLong(Task::number));
    private final List<Worker> workers = new ArrayList<>();
    private long nanos = 1_000_000_000L;
    private long taskCount;

    private record Task(long nanos, long number, Runnable body) {}

    /** What forwards: one duty cycle that says how much it did. */
    @FunctionalInterface
    public interface Worker {
        int doWork();
    }

    /** Monotonic simulated time. */
    public long nanos() {
        return nanos;
    }

    /** Wall-clock time of the simulated world, which began in 2026. */
    public long epochNanos() {
        return 1_767_225_600_000_000_000L + nanos;
    }

    /** Lets a worker take part. */
    public void add(Worker worker) {
        workers.add(worker);
    }

    /** Does something later; in order of time, then in the order of asking. */
    public void after(long delayNanos, Runnable body) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("delay " + delayNanos + " lies in the past");
        }
        tasks.add(new Task(nanos + delayNanos, taskCount++, body));
    }

    /**
     * Runs until the state holds.
     *
     * @return false when nothing is left to happen, or the time is over, before it holds
     */
    public boolean run(long limitNanos, BooleanSupplier until) {
        long end = nanos + limitNanos;
        for (long step = 0; step < STEPS_MAX; step++) {
            work();
            if (until.getAsBoolean()) {
                return true;
            }
            Task next = tasks.poll();
            if (next == null || next.nanos() > end) {
                return false;
            }
            nanos = next.nanos();
            next.body().run();
        }
        throw new IllegalStateException("the simulation does not come to an end");
    }

    private void work() {
        int cycles = 0;
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Worker worker : workers) {
                busy |= worker.doWork() > 0;
            }
            if (++cycles > DUTY_CYCLES_MAX) {
                throw new IllegalStateException("a worker always finds work while nothing arrives");
            }
        }
    }
}
