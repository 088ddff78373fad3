package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventQueue;
import jp.genkan.core.event.HealthEvent;
import jp.genkan.core.event.HealthEvent.Severity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where events become bytes. A thread of its own takes them from the queues in turn, writes each once as EVE JSON, and hands
 * the bytes to {@code eve.json}, to the segments and to those who follow. Workers never wait for it: what their queues cannot hold is shed,
 * counted, and told as an event.
 *
 * <p>A disk that is full or broken stops nothing: the oldest files give way, then events are lost and counted, and a health event tells of it
 * as soon as there is somewhere to write it. On {@link #close} everything that is queued is written and confirmed by the disk.
 *
 * <p>Thread rule: any thread may call; one thread writes. The producers of the queues must have stopped before {@link #close}.
 */
public final class EventLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    /** Events that are taken from one queue before the next one's turn. */
    private static final int BATCH = 256;

    /** Events of control threads and of the log itself that may wait. */
    private static final int CONTROL_CAPACITY = 4_096;

    /** Most followers at a time. */
    static final int SUBSCRIBERS_MAX = 16;

    private static final long PAUSE_NANOS_MIN = 1_000_000L;
    private static final long PAUSE_NANOS_MAX = 50_000_000L;
    private static final long SHED_REPORT_NANOS = 10_000_000_000L;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final EventLogSettings settings;
    private final List<EventQueue> queues;
    private final EventQueue control = EventQueue.ofManyProducers("control", CONTROL_CAPACITY);
    private final CopyOnWriteArrayList<EventSubscription> subscribers = new CopyOnWriteArrayList<>();
    private final CounterSet<EventLogCounter> counters = new CounterSet<>(EventLogCounter.class);
    private final ArrayDeque<Event> notices = new ArrayDeque<>();
    private final EveWriter writer;
    private final List<Layout> layouts = new ArrayList<>();
    private final List<DiskSink> sinks = new ArrayList<>();
    private final @Nullable SegmentLayout segments;
    private final Thread thread;

    private long nextSequence = 1;
    private long now;
    private long flushAt;
    private long syncAt;
    private long shedReportAt;
    private long shedReported;
    private volatile boolean closing;
    private volatile @Nullable String problem;

    /**
     * A log that has not begun to write.
     *
     * @param queues of the workers, one each
     */
    public EventLog(EventLogSettings settings, List<EventQueue> queues) {
        this.settings = settings;
        this.queues = new ArrayList<>(queues);
        this.queues.add(control);
        this.writer = new EveWriter(settings.zone(), settings.portNames());
        add(
                new EveLayout(settings.eveFile(), settings.eveBytesMax(), settings.eveFilesKept()),
                EventLogCounter.EVE_BYTES,
                EventLogCounter.EVE_ROTATIONS,
                EventLogCounter.EVE_LOST);
        Path folder = settings.segmentFolder();
        if (folder == null) {
            segments = null;
        } else {
            segments = new SegmentLayout(
                    folder, settings.segmentBytesMax(), settings.segmentsKept(), EventLog::epochNanos);
            add(
                    segments,
                    EventLogCounter.SEGMENT_BYTES,
                    EventLogCounter.SEGMENT_ROTATIONS,
                    EventLogCounter.SEGMENT_LOST);
        }
        this.thread = Thread.ofPlatform().name("event-log").daemon().unstarted(this::run);
    }

    private void add(Layout layout, EventLogCounter bytes, EventLogCounter rotations, EventLogCounter lost) {
        layouts.add(layout);
        sinks.add(new DiskSink(layout, new SinkObserver(bytes, rotations, lost)));
    }

    /**
     * Opens the files, cuts off what a crash has left half written, and begins to write. A folder that cannot be written does not stop the
     * start: {@link #problem} tells of it.
     */
    public void start() {
        now = System.nanoTime();
        nextSequence = firstSequence();
        for (DiskSink sink : sinks) {
            sink.open(nextSequence, now);
        }
        flushAt = now;
        syncAt = now;
        shedReportAt = now + SHED_REPORT_NANOS;
        thread.start();
    }

    private long firstSequence() {
        try {
            return segments == null ? 1 : segments.recover();
        } catch (IOException failed) {
            LOG.warn("{}: cannot be read: {}", settings.segmentFolder(), failed.getMessage());
            // Numbers must not be given twice: microseconds are beyond any that were counted up to.
            return epochNanos() / 1_000;
        }
    }

    /**
     * Takes an event from a thread that has no queue of its own.
     *
     * @return false when it was shed
     */
    public boolean emit(Event event) {
        return control.offer(event);
    }

    /**
     * Begins to follow the events.
     *
     * @return null when {@link #SUBSCRIBERS_MAX} follow already, or the log is closed
     */
    public synchronized @Nullable EventSubscription subscribe() {
        subscribers.removeIf(subscriber -> subscriber.state() != EventSubscription.State.OPEN);
        if (closing || subscribers.size() >= SUBSCRIBERS_MAX) {
            return null;
        }
        EventSubscription subscription = new EventSubscription();
        subscribers.add(subscription);
        return subscription;
    }

    /** What was counted. */
    public CounterSet<EventLogCounter> counters() {
        return counters;
    }

    /** Events that the queues could not hold. */
    public long shed() {
        long sum = 0;
        for (EventQueue queue : queues) {
            sum += queue.shed();
        }
        return sum;
    }

    /** Why events cannot be written at the moment, or null when they can. */
    public @Nullable String problem() {
        return problem;
    }

    /**
     * Writes everything that is queued, has the disk confirm it, and ends. Whoever offers events must have stopped before; the second call
     * does nothing.
     */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean ended = false;
        boolean interrupted = false;
        while (!ended) {
            try {
                ended = !thread.isAlive() || thread.join(CLOSE_TIMEOUT);
                if (!ended) {
                    LOG.error("the disk does not answer: events of the last seconds may be lost");
                    ended = true;
                }
            } catch (InterruptedException again) {
                interrupted = true; // a clean stop loses nothing, however impatient its caller
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- everything below runs on the log's thread

    private void run() {
        long pause = PAUSE_NANOS_MIN;
        while (!closing) {
            int work = doWork();
            if (work > 0) {
                pause = PAUSE_NANOS_MIN;
            } else {
                LockSupport.parkNanos(this, pause);
                pause = Math.min(2 * pause, PAUSE_NANOS_MAX);
            }
        }
        finish();
    }

    private int doWork() {
        now = System.nanoTime();
        int work = drainOnce();
        if (now - shedReportAt >= 0) {
            shedReportAt = now + SHED_REPORT_NANOS;
            reportShed();
        }
        if (work == 0 || now - flushAt >= 0) {
            flushAt = now + settings.flushEvery().toNanos();
            sinks.forEach(sink -> sink.flush(now));
        }
        if (now - syncAt >= 0) {
            syncAt = now + settings.syncEvery().toNanos();
            sinks.forEach(sink -> sink.sync(now));
        }
        return work;
    }

    private int drainOnce() {
        int work = 0;
        for (EventQueue queue : queues) {
            work += queue.drain(this::record, BATCH);
        }
        for (Event notice = notices.poll(); notice != null; notice = notices.poll()) {
            record(notice);
            work++;
        }
        return work;
    }

    private void finish() {
        reportShed();
        while (drainOnce() > 0) {
            now = System.nanoTime();
        }
        now = System.nanoTime();
        sinks.forEach(sink -> sink.close(now));
        endSubscribers();
    }

    private synchronized void endSubscribers() {
        for (EventSubscription subscriber : subscribers) {
            subscriber.end(EventSubscription.State.LOG_CLOSED);
        }
    }

    private void record(Event event) {
        int length;
        try {
            length = writer.write(event);
        } catch (RuntimeException fault) {
            counters.increment(EventLogCounter.EVENTS_MALFORMED);
            LOG.error("an event of type {} cannot be written", event.type(), fault);
            return;
        }
        long sequence = nextSequence++;
        counters.increment(EventLogCounter.EVENTS);
        counters.add(
                EventLogCounter.EVENTS_OVERSIZE, writer.oversize() - counters.get(EventLogCounter.EVENTS_OVERSIZE));
        for (DiskSink sink : sinks) {
            sink.append(event.epochNanos(), sequence, writer.bytes(), length, now);
        }
        if (!subscribers.isEmpty()) {
            publish(new EventSubscription.Line(sequence, event.epochNanos(), writer.copyWithoutLineFeed()));
        }
    }

    private void publish(EventSubscription.Line line) {
        for (EventSubscription subscriber : subscribers) {
            if (!subscriber.put(line)) {
                subscribers.remove(subscriber);
                if (subscriber.state() == EventSubscription.State.TOO_SLOW) {
                    counters.increment(EventLogCounter.SUBSCRIBERS_DROPPED);
                }
            }
        }
    }

    private void reportShed() {
        long shed = shed();
        if (shed > shedReported) {
            HealthEvent event = HealthEvent.of(
                    epochNanos(),
                    "events_shed",
                    Severity.WARNING,
                    "More events came than could be written; some were left out.");
            notices.add(event.with("shed", shed - shedReported).with("shed_total", shed));
            shedReported = shed;
        }
    }

    private static long epochNanos() {
        Instant instant = Instant.now();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private void refreshProblem() {
        String first = null;
        for (DiskSink sink : sinks) {
            first = first == null && sink.failure() != null ? sink.name() + ": " + sink.failure() : first;
        }
        problem = first;
    }

    /** Deletes the oldest of all files that are not being written. */
    private boolean deleteOldest() {
        Path oldest = null;
        FileTime oldestTime = null;
        try {
            for (Layout layout : layouts) {
                List<Path> old = layout.old();
                if (!old.isEmpty()) {
                    FileTime time = Files.getLastModifiedTime(old.getFirst());
                    if (oldestTime == null || time.compareTo(oldestTime) < 0) {
                        oldest = old.getFirst();
                        oldestTime = time;
                    }
                }
            }
            if (oldest == null || !Files.deleteIfExists(oldest)) {
                return false;
            }
        } catch (IOException failed) {
            return false;
        }
        counters.increment(EventLogCounter.FILES_DELETED_FOR_SPACE);
        return true;
    }

    private final class SinkObserver implements DiskSink.Observer {
        private final EventLogCounter bytes;
        private final EventLogCounter rotations;
        private final EventLogCounter lost;
        private long failingSince;
        private boolean spaceTold;

        SinkObserver(EventLogCounter bytes, EventLogCounter rotations, EventLogCounter lost) {
            this.bytes = bytes;
            this.rotations = rotations;
            this.lost = lost;
        }

        @Override
        public void wrote(long octets) {
            counters.add(bytes, octets);
        }

        @Override
        public void rotated() {
            counters.increment(rotations);
            spaceTold = false;
        }

        @Override
        public void lost() {
            counters.increment(lost);
        }

        @Override
        public void failed() {
            counters.increment(EventLogCounter.WRITE_FAILURES);
        }

        @Override
        public void failing(String name, String reason) {
            failingSince = epochNanos();
            refreshProblem();
            LOG.warn("events cannot be written to {}: {}", name, reason);
            notices.add(HealthEvent.of(
                            failingSince, "event_log_failing", Severity.WARNING, "Events cannot be written to a file.")
                    .during(failingSince, 0)
                    .with("file", name)
                    .with("reason", reason));
        }

        @Override
        public void recovered(String name, long lostEvents) {
            refreshProblem();
            LOG.info("events are written to {} again", name);
            long until = epochNanos();
            notices.add(
                    HealthEvent.of(until, "event_log_recovered", Severity.INFO, "Events are written to the file again.")
                            .during(failingSince, until)
                            .with("file", name)
                            .with("lost", lostEvents));
        }

        @Override
        public boolean reclaim() {
            boolean deleted = deleteOldest();
            if (deleted && !spaceTold) {
                spaceTold = true;
                notices.add(HealthEvent.of(
                        epochNanos(),
                        "disk_full",
                        Severity.WARNING,
                        "The disk is full; the oldest events were deleted to make room."));
            }
            return deleted;
        }
    }
}
