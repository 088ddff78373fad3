package jp.genkan.appliance.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jp.genkan.dataplane.linux.Affinity;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Priority;
import jp.genkan.dataplane.port.Poller;
import jp.genkan.dataplane.worker.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that turns a worker's duty cycle: works as long as there is something to do, and waits for frames otherwise.
 *
 * <p>Thread rule: started and stopped by the engine.
 */
final class WorkerThread {
    /** A sleeping worker wakes this often, for its sign of life: a tenth of what the gate waits. */
    private static final long SLEEP_NANOS = 10_000_000L;

    /** Well before everything of ordinary priority, well behind the kernel's own. */
    private static final int NICE = -10;

    /** The JVM's thread that collects garbage. */
    private static final String COLLECTOR = "VM Thread";

    /** At the stop: silence after which the rings count as drained. */
    private static final long DRAINED_NANOS = 20_000_000L;

    /** At the stop: longest time that draining may take. */
    private static final long DRAIN_NANOS_MAX = 1_000_000_000L;

    /** Faults in a row after which the worker gives up and the gate takes over. */
    private static final int FAULTS_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);

    private final Worker worker;
    private final Poller poller;
    private final int number;
    private final int processor;
    private final Runnable onDeath;
    private final Thread thread;
    private final CountDownLatch turned = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile long faults;

    /**
     * A thread that does not run yet.
     *
     * @param processor to stay on, or -1 for any
     * @param onDeath called when the worker has given up
     */
    WorkerThread(Worker worker, Poller poller, int number, int processor, Runnable onDeath) {
        this.worker = worker;
        this.poller = poller;
        this.number = number;
        this.processor = processor;
        this.onDeath = onDeath;
        this.thread = Thread.ofPlatform().name("worker-" + number).unstarted(this::run);
    }

    /** Starts, and returns after the first round. */
    void start() throws InterruptedException {
        thread.start();
        if (!turned.await(10, TimeUnit.SECONDS)) {
            LOG.warn("worker {} has not turned its first round within 10 s", number);
        }
    }

    /** Has the rings drained and every flow ended, and waits for it. The gate must have been deactivated. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    Worker worker() {
        return worker;
    }

    /** Rounds that ended in a fault. */
    long faults() {
        return faults;
    }

    private void run() {
        hurry();
        pin();
        int faultsInARow = 0;
        while (!stopping && faultsInARow < FAULTS_MAX) {
            faultsInARow = turn() ? 0 : faultsInARow + 1;
            turned.countDown();
        }
        if (!stopping) {
            LOG.error("worker {} gave up after {} faults in a row: the kernel forwards its frames", number, FAULTS_MAX);
            onDeath.run();
            return;
        }
        drain();
    }

    /** One round; the only place where a fault of the packet path is caught. */
    private boolean turn() {
        try {
            if (worker.doWork(System.nanoTime()) == 0) {
                poller.await(SLEEP_NANOS);
            }
            return true;
        } catch (RuntimeException fault) {
            noteFault(fault);
            return false;
        }
    }

    private void noteFault(RuntimeException fault) {
        long count = faults + 1;
        faults = count;
        if (Long.bitCount(count) == 1) { // the 1st, 2nd, 4th, 8th...: a fault a frame must not fill the log
            LOG.error("worker {}: fault number {} on the path of a frame; the frame was dropped", number, count, fault);
        }
    }

    private void drain() {
        long began = System.nanoTime();
        long lastFrame = began;
        for (long now = began;
                now - lastFrame < DRAINED_NANOS && now - began < DRAIN_NANOS_MAX;
                now = System.nanoTime()) {
            try {
                if (worker.doWork(now) > 0) {
                    lastFrame = now;
                } else {
                    poller.await(1_000_000L);
                }
            } catch (RuntimeException fault) {
                noteFault(fault);
            }
        }
        worker.endFlows();
    }

    /** A frame must not wait for a compiler thread, a report or a log. */
    private void hurry() {
        try {
            Priority.set(NICE);
            Priority.setNamed(COLLECTOR, NICE); // while it works every worker waits
        } catch (LinuxException refused) {
            LOG.warn("worker {} has no higher priority than other work: {}", number, refused.getMessage());
        }
    }

    private void pin() {
        if (processor < 0) {
            return;
        }
        try {
            Affinity.pin(processor);
        } catch (LinuxException refused) {
            LOG.warn("worker {} cannot stay on processor {}: {}", number, processor, refused.getMessage());
        }
    }
}
