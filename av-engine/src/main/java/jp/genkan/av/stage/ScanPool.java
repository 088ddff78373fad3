package jp.genkan.av.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.unpack.Unpackers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that look at files which are too much for the path of the frame. When the queue is full a file is not taken: it passes, counted.
 *
 * <p>Thread rule: any thread hands over; a job's result is there when {@link Job#result} has it.
 */
public final class ScanPool implements AutoCloseable {
    /** Files that wait: a second's worth at a hundred machines. */
    public static final int QUEUE_MAX = 64;

    private static final long IDLE_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(ScanPool.class);

    private final SignatureBase base;
    private final ScanLimits limits;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** Starts its threads. */
    public ScanPool(SignatureBase base, ScanLimits limits, int threadCount) {
        this.base = base;
        this.limits = limits;
        for (int i = 0; i < threadCount; i++) {
            threads.add(Thread.ofPlatform().name("scan-" + i).daemon().start(this::work));
        }
    }

    /** Anything that a thread of the pool does. */
    private sealed interface Entry {
        /** Does it; ends without an exception. */
        void run(FileScanner scanner);
    }

    /** What is to be done with a scanner. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T with(FileScanner scanner);
    }

    /** Some other work with a scanner. */
    static final class Task<T> implements Entry {
        private final Work<T> work;
        private final T failed;
        private final AtomicReference<@Nullable T> result = new AtomicReference<>();

        /**
         * Work.
         *
         * @param failed the result when there is none
         */
        Task(Work<T> work, T failed) {
            this.work = work;
            this.failed = failed;
        }

        /** Null until it is done. */
        @Nullable
        T result() {
            return result.get();
        }

        @Override
        public void run(FileScanner scanner) {
            T done = failed;
            try {
                done = work.with(scanner);
            } catch (RuntimeException | OutOfMemoryError fault) {
                LOG.error("a transfer could not be made harmless", fault);
            } finally {
                result.set(done);
            }
        }
    }

    /** A file that is looked at. */
    static final class Job implements Entry {
        private final Content content;
        private final @Nullable String name;
        private final List<String> outer;
        private final List<String> passwords;
        private final byte @Nullable [] sha256;
        private boolean wasKnown;
        private final AtomicReference<@Nullable ScanResult> result = new AtomicReference<>();

        Job(
                Content content,
                @Nullable String name,
                List<String> outer,
                List<String> passwords,
                byte @Nullable [] sha256) {
            this.sha256 = sha256;
            this.content = content;
            this.name = name;
            this.outer = outer;
            this.passwords = passwords;
        }

        /** True when its result was known; to be asked when it is there. */
        boolean wasKnown() {
            return wasKnown;
        }

        @Override
        public void run(FileScanner scanner) {
            ScanResult found = ScanResult.FAULT;
            try {
                found = scanner.scan(content, name, outer, outer, passwords, sha256);
                wasKnown = scanner.wasKnown();
            } catch (RuntimeException | OutOfMemoryError fault) {
                LOG.error("a file could not be looked at", fault);
            } finally {
                result.set(found);
            }
        }

        /** Null until it is done; the octets are not read any more from then on. */
        @Nullable
        ScanResult result() {
            return result.get();
        }
    }

    /**
     * Hands over a file, whose octets stay as they are until there is a result.
     *
     * @param outer in what it comes, as formats
     * @param passwords to try on what is encrypted
     * @param sha256 of the file, where it was hashed before
     * @return null when the queue is full
     */
    @Nullable
    Job submit(
            Content content,
            @Nullable String name,
            List<String> outer,
            List<String> passwords,
            byte @Nullable [] sha256) {
        Job job = new Job(content, name, outer, passwords, sha256);
        return queue.offer(job) ? job : null;
    }

    /** Hands over some other work; false when the queue is full. */
    boolean submit(Task<?> task) {
        return queue.offer(task);
    }

    /** True when nothing more can be handed over now. */
    boolean isFull() {
        return queue.remainingCapacity() == 0;
    }

    private void work() {
        ScanSet set = base.current();
        FileScanner scanner = new FileScanner(set, Unpackers.all(), limits);
        try {
            while (!closed) {
                Entry job = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (set != base.current()) {
                    scanner.close();
                    set = base.current();
                    scanner = new FileScanner(set, Unpackers.all(), limits);
                }
                if (job != null) {
                    job.run(scanner);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            scanner.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(1_000);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
