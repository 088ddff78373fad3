package jp.genkan.appliance.engine;

import java.util.function.Supplier;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Priority;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a pipeline rehearse: a moment before the first real frame comes, while the kernel still forwards, and then in the background until the JVM has compiled what
 * it will. Without it a box is several times slower in its first minute than later.
 *
 * <p>Thread rule: the thread that starts the box; {@link #goOn} begins a thread of its own, which takes only time that nobody else wants.
 */
final class WarmUp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Longest time that the start is put off. */
    private static final long FIRST_NANOS_MAX = 1_500_000_000L;

    /** Longest time in the background. */
    private static final long LATER_NANOS_MAX = 60_000_000_000L;

    /** Conversations after which it ends: some 125,000 requests. A replay gained nothing more after about 60,000. */
    private static final int CONVERSATIONS_MAX = 20_000;

    /** Conversations between two looks at whether to stop. */
    private static final int STEP = 50;

    private final Supplier<PipelineRunner> pipelines;
    private volatile boolean stopped;

    WarmUp(Supplier<PipelineRunner> pipelines) {
        this.pipelines = pipelines;
    }

    /** Rehearses for a moment, and waits for it. */
    void begin() {
        try (PipelineRunner runner = pipelines.get()) {
            Rehearsal rehearsal = new Rehearsal(runner);
            rehearsal.play(System.nanoTime() + FIRST_NANOS_MAX, CONVERSATIONS_MAX);
            rehearsal.end();
        }
    }

    /** Rehearses on, in the background. */
    void goOn() {
        Thread thread = new Thread(this::rehearse, "rehearsal");
        thread.setDaemon(true);
        thread.start();
    }

    private void rehearse() {
        try {
            Priority.set(Priority.LAST);
        } catch (LinuxException refused) {
            LOG.debug("the rehearsal takes its full share of the processors", refused);
        }
        try (PipelineRunner runner = pipelines.get()) {
            Rehearsal rehearsal = new Rehearsal(runner);
            long until = System.nanoTime() + LATER_NANOS_MAX;
            int played = 0;
            while (!stopped && played < CONVERSATIONS_MAX && System.nanoTime() - until < 0) {
                played += rehearsal.play(until, STEP);
            }
            rehearsal.end();
        } catch (RuntimeException fault) {
            LOG.warn("the rehearsal has ended early", fault); // the workers learn by themselves
        }
    }

    /** Ends the rehearsal soon. */
    @Override
    public void close() {
        stopped = true;
    }
}
