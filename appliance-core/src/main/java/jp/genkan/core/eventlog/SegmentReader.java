package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads events back from a folder of segments, from a sequence number on, and follows them while they are written, also by another process.
 * Every record is verified; what is damaged is skipped and counted, and shows as a gap in the numbers.
 *
 * <pre>{@code
 * try (SegmentReader reader = new SegmentReader(folder, lastSeen + 1)) {
 *     while (true) {
 *         while (reader.next()) { take(reader.sequence(), reader.payload()); }
 *         pause();
 *     }
 * }
 * }</pre>
 *
 * <p>Thread rule: one owner. Takes no lock, and never hinders the writer.
 */
public final class SegmentReader implements AutoCloseable {
    private final Path folder;
    private long wanted;
    private @Nullable SegmentCursor cursor;
    private long damaged;

    /**
     * A reader.
     *
     * @param fromSequence the first number that is wanted; where it is gone already, the next that is there
     */
    public SegmentReader(Path folder, long fromSequence) {
        this.folder = folder;
        this.wanted = fromSequence;
    }

    /**
     * Moves on to the next event.
     *
     * @return false when there is none at the moment
     */
    public boolean next() throws IOException {
        while (true) {
            SegmentCursor current = cursor;
            if (current == null) {
                current = openFirst();
                if (current == null) {
                    return false;
                }
            }
            SegmentCursor.Found found = current.next();
            if (found == SegmentCursor.Found.RECORD) {
                if (current.sequence() >= wanted) {
                    wanted = current.sequence() + 1;
                    return true;
                }
            } else if (!moveOn(current)) {
                return false;
            }
        }
    }

    /** The event's number. */
    public long sequence() {
        return here().sequence();
    }

    /** The event's time, nanoseconds since 1970. */
    public long epochNanos() {
        return here().epochNanos();
    }

    /** The event's JSON, without a line feed; a copy. */
    public byte[] payload() {
        return here().payload();
    }

    /** Segments of which a part could not be read. */
    public long damaged() {
        return damaged;
    }

    private SegmentCursor here() {
        SegmentCursor current = cursor;
        if (current == null) {
            throw new IllegalStateException("next() has not found an event");
        }
        return current;
    }

    /** Opens the last segment that may hold what is wanted, or the oldest there is. */
    private @Nullable SegmentCursor openFirst() throws IOException {
        Path best = null;
        for (Path file : SegmentFormat.list(folder)) {
            if (best == null || SegmentFormat.firstSequence(file) <= wanted) {
                best = file;
            }
        }
        return best == null ? null : open(best);
    }

    private @Nullable SegmentCursor open(Path file) throws IOException {
        try {
            cursor = new SegmentCursor(file);
        } catch (NoSuchFileException deletedSince) {
            cursor = null;
        }
        return cursor;
    }

    /** At the end of what is whole in a segment: goes to the next one when there is one, which makes this one final. */
    private boolean moveOn(SegmentCursor current) throws IOException {
        Path next = after(current.file());
        if (next == null) {
            return false;
        }
        SegmentCursor.Found last = current.next(); // the writer may have added to it before it began the next one
        if (last == SegmentCursor.Found.RECORD) {
            // Step back over it by reading the segment again from its start: rare, and simple.
            long from = wanted;
            reopen(current.file());
            wanted = from;
            return true;
        }
        if (last == SegmentCursor.Found.NO_RECORD) {
            damaged++;
        }
        current.close();
        cursor = null;
        wanted = Math.max(wanted, SegmentFormat.firstSequence(next));
        open(next);
        return true;
    }

    private void reopen(Path file) throws IOException {
        here().close();
        cursor = null;
        open(file);
    }

    private @Nullable Path after(Path file) throws IOException {
        List<Path> files = SegmentFormat.list(folder);
        for (Path candidate : files) {
            if (candidate.compareTo(file) > 0) {
                return candidate;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
