package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.genkan.core.event.EveWriter;
import org.jspecify.annotations.Nullable;

/**
 * Appends events to files of one {@link Layout}, through a buffer that holds whole events only. A write that fails is undone, so that a file
 * never ends in half an event; what it should have written stays in the buffer and is tried again, later and later. While the buffer is full
 * further events are lost and counted.
 *
 * <p>Thread rule: the log's thread.
 */
final class DiskSink {
    /** Octets after which the buffer is written without waiting for its time. */
    private static final int WRITE_BYTES = 1 << 18;

    /** The buffer: what is written at once, and the longest event on top. */
    private static final int BUFFER_BYTES = WRITE_BYTES + EveWriter.LINE_BYTES_MAX + 1024;

    private static final long RETRY_NANOS_MIN = 1_000_000_000L;
    private static final long RETRY_NANOS_MAX = 30_000_000_000L;
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final Layout layout;
    private final Observer observer;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private int buffered;
    private long firstBuffered;
    private long lastSequence;
    private long lost;

    private @Nullable FileChannel channel;
    private @Nullable Path file;
    private @Nullable Object fileKey;
    private long length;
    private boolean unsynced;

    private @Nullable String failure;
    private long retryAt;
    private long retryNanos;
    private long lookAt = System.nanoTime();
    private long rotateAt = lookAt;

    /** Who is told what happens. */
    interface Observer {
        /** So many octets were written. */
        void wrote(long octets);

        /** A new file is about to begin. */
        void rotated();

        /** An event is lost. */
        void lost();

        /** A write has failed. */
        void failed();

        /** Writing fails from now on, for this reason. */
        void failing(String name, String reason);

        /** Writing works again; so many events were lost in between. */
        void recovered(String name, long lost);

        /**
         * The disk is full.
         *
         * @return true when something was deleted, and it is worth trying again
         */
        boolean reclaim();
    }

    DiskSink(Layout layout, Observer observer) {
        this.layout = layout;
        this.observer = observer;
    }

    /** Why writing does not work at the moment; null when it does. */
    @Nullable
    String failure() {
        return failure;
    }

    /** What it writes to. */
    String name() {
        return layout.name();
    }

    /** Takes one event. */
    void append(long epochNanos, long sequence, byte[] line, int lineLength, long now) {
        int needed = layout.overhead() + lineLength;
        if (length + buffer.position() + needed > layout.bytesMax() && length + buffer.position() > 0) {
            rotate(sequence, now);
        }
        if (buffer.remaining() < needed && !write(now)) {
            lost++;
            observer.lost();
            return;
        }
        if (buffered == 0) {
            firstBuffered = sequence;
        }
        layout.encode(buffer, epochNanos, sequence, line, lineLength);
        buffered++;
        lastSequence = sequence;
        if (buffer.position() >= WRITE_BYTES) {
            write(now);
        }
    }

    /** Writes what is buffered, unless a retry is not due yet; looks now and then whether the file is still there. */
    void flush(long now) {
        if (buffered > 0) {
            write(now);
        }
        if (now - lookAt >= 0) {
            lookAt = now + LOOK_NANOS;
            leaveFileThatWasMoved();
        }
    }

    /** Makes the disk confirm what was written. */
    void sync(long now) {
        FileChannel open = channel;
        if (unsynced && open != null) {
            try {
                open.force(false);
                unsynced = false;
            } catch (IOException failed) {
                fail(failed, now);
            }
        }
    }

    /** Opens the file, so that trouble is known at once. */
    void open(long nextSequence, long now) {
        firstBuffered = nextSequence;
        lastSequence = nextSequence - 1;
        try {
            opened();
        } catch (IOException failed) {
            fail(failed, now);
        }
    }

    /** Writes everything that is left, marks the clean end, and closes. */
    void close(long now) {
        retryAt = now; // the last chance
        if (write(now) && channel != null) {
            layout.encodeEnd(buffer, lastSequence);
            write(now);
        }
        sync(now);
        if (buffered > 0) {
            for (int i = 0; i < buffered; i++) {
                observer.lost();
            }
        }
        closeChannel();
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Layout.Opened opened = layout.open(firstBuffered);
            open = opened.channel();
            channel = open;
            file = opened.file();
            length = opened.length();
            fileKey = keyOf(opened.file());
        }
        return open;
    }

    private boolean write(long now) {
        if (buffer.position() == 0) {
            return true;
        }
        if (failure != null && now - retryAt < 0) {
            return false;
        }
        while (true) {
            try {
                writeBuffer(opened());
                recovered();
                return true;
            } catch (IOException failed) {
                undo();
                if (!isFull(failed) || !observer.reclaim()) {
                    fail(failed, now);
                    return false;
                }
                observer.failed();
            }
        }
    }

    private void writeBuffer(FileChannel open) throws IOException {
        ByteBuffer from = buffer.duplicate().flip();
        int count = from.remaining();
        while (from.hasRemaining()) {
            open.write(from);
        }
        unsynced = true;
        length += count;
        buffer.clear();
        buffered = 0;
        observer.wrote(count);
    }

    /** Cuts off what a failed write has left. Where even that fails, opening the file again does it. */
    private void undo() {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.truncate(length);
                open.position(length);
            } catch (IOException failed) {
                closeChannel();
            }
        }
    }

    private void rotate(long nextSequence, long now) {
        Path closed = file;
        if (now - rotateAt < 0 || !write(now) || closed == null) {
            return; // goes on in the same file when it can
        }
        sync(now);
        closeChannel();
        try {
            layout.rotate(closed);
            length = 0;
            observer.rotated();
            firstBuffered = nextSequence;
        } catch (IOException failed) {
            observer.failed(); // a file that cannot be renamed can still be written
            rotateAt = now + RETRY_NANOS_MAX;
        }
    }

    private void leaveFileThatWasMoved() {
        Path here = file;
        if (channel != null && here != null && !java.util.Objects.equals(keyOf(here), fileKey)) {
            closeChannel();
            length = 0;
        }
    }

    private static @Nullable Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException gone) {
            return null;
        }
    }

    private void fail(IOException failed, long now) {
        observer.failed();
        closeChannel();
        String reason = failed.getMessage() == null ? failed.toString() : failed.getMessage();
        if (failure == null) {
            retryNanos = RETRY_NANOS_MIN;
            failure = reason;
            observer.failing(layout.name(), reason);
        } else {
            retryNanos = Math.min(2 * retryNanos, RETRY_NANOS_MAX);
        }
        retryAt = now + retryNanos;
    }

    private void recovered() {
        if (failure != null) {
            failure = null;
            observer.recovered(layout.name(), lost);
            lost = 0;
        }
    }

    private void closeChannel() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // nothing more can be done with it; what was written stays checked by its checksums
                observer.failed();
            }
        }
    }

    /** The JDK hands on the system's text only, which may be in any language: so the free space is looked at too. */
    private boolean isFull(IOException failed) {
        String reason = String.valueOf(failed.getMessage());
        if (reason.contains("No space left") || reason.contains("quota exceeded")) {
            return true;
        }
        Path here = file;
        try {
            return here != null && Files.getFileStore(here).getUsableSpace() < buffer.position();
        } catch (IOException unknown) {
            return false;
        }
    }
}
