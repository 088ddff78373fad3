package jp.genkan.appliance.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Priority;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a pipeline rehearse: while rules are loaded, a moment before the first real frame comes, while the kernel still forwards, and then in the background until the
 * JVM has compiled what it will. Without it a box is several times slower in its first minute than later. While real frames are many, it waits: the box learns from
 * them.
 *
 * <p>Thread rule: the thread that starts the box; {@link #goOn} begins a thread of its own, which takes only time that nobody else wants.
 */
final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Longest time that the start is put off. */
    private static final long FIRST_NANOS_MAX = 3_000_000_000L;

    /** Longest time in the background. */
    private static final long LATER_NANOS_MAX = 60_000_000_000L;

    /** Conversations after which it ends: some 125,000 requests. A replay gained nothing more after about 60,000. */
    private static final int CONVERSATIONS_MAX = 20_000;

    /** Conversations between two looks at whether to stop. */
    private static final int STEP = 50;

    /** Frames a second from which on a box has work enough to learn from, and none of its processors is to be had. */
    private static final long BUSY_FRAMES = 1_000;

    /** How long frames are counted, and how long it waits when they are many. */
    private static final long LOOK_NANOS = 100_000_000L;

    private final Supplier<PipelineRunner> pipelines;
    private final LongSupplier framesSent;
    private final CountDownLatch loading = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread aside;
    private long lookedNanos;
    private long sentBefore;
    private boolean busy;

    /**
     * A rehearsal to come.
     *
     * @param pipelines makes a pipeline that nobody else uses
     * @param framesSent frames that the box has sent so far
     */
    WarmUp(Supplier<PipelineRunner> pipelines, LongSupplier framesSent) {
        this.pipelines = pipelines;
        this.framesSent = framesSent;
    }

    /** Rehearses with what there is already, while the rest is loaded: until {@link #begin}. */
    void meanwhile() {
        aside = aside(LATER_NANOS_MAX, () -> loading.getCount() > 0);
    }

    /** Rehearses for a moment, and waits for it. */
    void begin() throws InterruptedException {
        loading.countDown();
        if (aside != null) {
            aside.join();
        }
        try (PipelineRunner runner = pipelines.get()) {
            Rehearsal rehearsal = new Rehearsal(runner);
            rehearsal.play(System.nanoTime() + FIRST_NANOS_MAX, CONVERSATIONS_MAX);
            rehearsal.end();
        }
    }

    /** Rehearses on, in the background. */
    void goOn() {
        aside = aside(LATER_NANOS_MAX, () -> true);
    }

    private Thread aside(long nanos, BooleanSupplier goesOn) {
        Thread thread = new Thread(() -> rehearse(nanos, goesOn), "rehearsal");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void rehearse(long nanos, BooleanSupplier goesOn) {
        try {
            Priority.set(Priority.LAST);
        } catch (LinuxException refused) {
            LOG.debug("the rehearsal takes its full share of the processors", refused);
        }
        try (PipelineRunner runner = pipelines.get()) {
            Rehearsal rehearsal = new Rehearsal(runner);
            long until = System.nanoTime() + nanos;
            int played = 0;
            while (stopped.getCount() > 0
                    && goesOn.getAsBoolean()
                    && played < CONVERSATIONS_MAX
                    && System.nanoTime() - until < 0) {
                if (isBusy()) {
                    stopped.await(LOOK_NANOS, TimeUnit.NANOSECONDS);
                } else {
                    played += rehearsal.play(until, STEP);
                }
            }
            rehearsal.end();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.warn("the rehearsal has ended early", fault); // the workers learn by themselves
        }
    }

    private boolean isBusy() {
        long now = System.nanoTime();
        if (now - lookedNanos >= LOOK_NANOS) {
            long sent = framesSent.getAsLong();
            busy = lookedNanos != 0 && sent - sentBefore > BUSY_FRAMES * (now - lookedNanos) / 1_000_000_000L;
            sentBefore = sent;
            lookedNanos = now;
        }
        return busy;
    }

    /** Ends the rehearsal soon. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
