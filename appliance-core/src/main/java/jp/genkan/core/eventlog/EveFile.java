package jp.genkan.core.eventlog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import jp.genkan.core.event.CommonFields;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An {@code eve.json} that is written at once, in the order of the calls: for a replay, which has no queue and no clock of its own. An
 * existing file is replaced.
 *
 * <p>Thread rule: one owner.
 */
public final class EveFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path path;
    private final EveWriter writer;
    private final OutputStream out;
    private long events;
    private @Nullable IOException failure;

    /**
     * Opens the file.
     *
     * @param zone of the time stamps
     */
    public EveFile(Path path, ZoneId zone) throws IOException {
        this(path, zone, CommonFields.DEFAULT);
    }

    /**
     * Opens the file.
     *
     * @param zone of the time stamps
     * @param common which common fields events have
     */
    public EveFile(Path path, ZoneId zone, CommonFields common) throws IOException {
        this.path = path;
        this.writer = new EveWriter(zone, common);
        this.out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
    }

    /**
     * Writes an event. After a failure nothing more is written; {@link #close} tells of it.
     *
     * @return false when it was not written
     */
    public boolean emit(Event event) {
        if (failure != null) {
            return false;
        }
        try {
            writer.write(event, out);
            events++;
            return true;
        } catch (IOException failed) {
            failure = failed;
            return false;
        }
    }

    /** Events written so far. */
    public long events() {
        return events;
    }

    /** Writes what is buffered, and tells of the first failure. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (failure != null) {
                throw new IOException(path + ": " + failure.getMessage(), failure);
            }
        }
    }
}
