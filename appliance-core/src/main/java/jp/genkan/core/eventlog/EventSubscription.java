package jp.genkan.core.eventlog;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows the events as they come. What waits for him is bounded; when it is too much he is sent away, and told so: events are
 * never held up by a follower.
 *
 * <p>Thread rule: one follower takes; the log's thread puts.
 */
public final class EventSubscription implements AutoCloseable {
    /** Most events that may wait for a follower. */
    public static final int LINES_MAX = 8_192;

    /** Most octets that may wait for a follower. */
    public static final long BYTES_MAX = 4L << 20;

    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>(LINES_MAX);
    private final AtomicLong bytes = new AtomicLong();
    private volatile State state = State.OPEN;

    EventSubscription() {}

    /** How it stands. */
    public enum State {
        /** Events come. */
        OPEN,
        /** The follower was too slow: what waits can still be taken, more does not come. */
        TOO_SLOW,
        /** The log was closed: what waits can still be taken, more does not come. */
        LOG_CLOSED,
        /** The follower has ended it. */
        CLOSED
    }

    /**
     * One event.
     *
     * @param sequence its number, as in the segments
     * @param epochNanos its time
     * @param json one JSON object in UTF-8, without a line feed; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // a line is passed on, never compared
    public record Line(long sequence, long epochNanos, byte[] json) {}

    /**
     * Takes the next event, waiting for one.
     *
     * @return null when none came in time, or none will come any more: see {@link #state}
     */
    public @Nullable Line poll(long timeout, TimeUnit unit) throws InterruptedException {
        Line line = state == State.OPEN ? lines.poll(timeout, unit) : lines.poll();
        if (line != null) {
            bytes.addAndGet(-line.json().length);
        }
        return line;
    }

    /** How it stands. Nothing more comes when it is not {@link State#OPEN} and {@link #poll} has returned null since. */
    public State state() {
        return state;
    }

    /** Ends it. */
    @Override
    public void close() {
        end(State.CLOSED);
        lines.clear();
    }

    /** False when the follower is gone or has just been sent away. */
    boolean put(Line line) {
        if (state != State.OPEN) {
            return false;
        }
        if (bytes.get() + line.json().length > BYTES_MAX || !lines.offer(line)) {
            end(State.TOO_SLOW);
            return false;
        }
        bytes.addAndGet(line.json().length);
        return true;
    }

    synchronized void end(State reason) {
        if (state == State.OPEN) {
            state = reason;
        }
    }
}
