package jp.genkan.appliance.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when this box was inspecting, kept in the state directory, so that the next start can say from when to when frames passed
 * uninspected: after a stop, a crash or a power cut alike.
 *
 * <p>Thread rule: the main thread.
 */
final class LastSeen {
    private static final Logger LOG = LoggerFactory.getLogger(LastSeen.class);

    private final Path file;
    private final Path part;

    LastSeen(Path stateDirectory) {
        this.file = stateDirectory.resolve("inspected-until");
        this.part = stateDirectory.resolve("inspected-until.part");
    }

    /** When the box inspected last; null when it never did, or nobody knows. */
    @Nullable
    Instant read() {
        try {
            return Files.exists(file) ? Instant.parse(Files.readString(file).strip()) : null;
        } catch (IOException | DateTimeParseException unreadable) {
            LOG.warn("{}: {}", file, unreadable.getMessage());
            return null;
        }
    }

    /** Notes that the box inspects now. Not forced to the disk: after a power cut a few seconds more count as uninspected. */
    void write(Instant now) {
        try {
            Files.writeString(part, now + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            LOG.debug("{}: {}", file, failed.getMessage());
        }
    }
}
