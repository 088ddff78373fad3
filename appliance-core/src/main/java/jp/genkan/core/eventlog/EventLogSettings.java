package jp.genkan.core.eventlog;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where events are kept, and how much of them.
 *
 * @param eveFile {@code eve.json}; rotated ones stand beside it as {@code eve.json.1} (the newest) and so on
 * @param eveBytesMax octets after which it is rotated
 * @param eveFilesKept rotated files to keep
 * @param segmentFolder where segments are; null for none
 * @param segmentBytesMax octets after which a new segment is begun
 * @param segmentsKept segments to keep, the one being written included
 * @param flushEvery longest time that an event waits in a buffer
 * @param syncEvery longest time that a segment's event waits for the disk to confirm it: what a power cut may take
 * @param zone of the time stamps
 * @param portNames interface name of a port, for {@code in_iface}
 */
public record EventLogSettings(
        Path eveFile,
        long eveBytesMax,
        int eveFilesKept,
        @Nullable Path segmentFolder,
        long segmentBytesMax,
        int segmentsKept,
        Duration flushEvery,
        Duration syncEvery,
        ZoneId zone,
        IntFunction<@Nullable String> portNames) {

    /** 64 MiB: about 100,000 events, still quick to search by hand. */
    public static final long EVE_BYTES_MAX = 64L << 20;

    /** With the one being written, half a gigabyte. */
    public static final int EVE_FILES_KEPT = 7;

    /** 16 MiB: read whole at a restart in well under a second on flash. */
    public static final long SEGMENT_BYTES_MAX = 16L << 20;

    /** A quarter of a gigabyte: what the console may lag behind. */
    public static final int SEGMENTS_KEPT = 16;

    /** Checks the numbers. */
    public EventLogSettings {
        if (eveBytesMax < 1 || eveFilesKept < 0 || segmentBytesMax < 1 || segmentsKept < 1) {
            throw new IllegalArgumentException("sizes and counts of event files are positive");
        }
    }

    /** The defaults. */
    public static EventLogSettings of(Path eveFile, @Nullable Path segmentFolder) {
        return new EventLogSettings(
                eveFile,
                EVE_BYTES_MAX,
                EVE_FILES_KEPT,
                segmentFolder,
                SEGMENT_BYTES_MAX,
                SEGMENTS_KEPT,
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                ZoneId.systemDefault(),
                port -> null);
    }

    /** The same with another rotation of eve.json. */
    public EventLogSettings withEve(long bytesMax, int filesKept) {
        return new EventLogSettings(
                eveFile,
                bytesMax,
                filesKept,
                segmentFolder,
                segmentBytesMax,
                segmentsKept,
                flushEvery,
                syncEvery,
                zone,
                portNames);
    }

    /** The same with other segments. */
    public EventLogSettings withSegments(long bytesMax, int kept) {
        return new EventLogSettings(
                eveFile,
                eveBytesMax,
                eveFilesKept,
                segmentFolder,
                bytesMax,
                kept,
                flushEvery,
                syncEvery,
                zone,
                portNames);
    }

    /** The same with another time zone. */
    public EventLogSettings withZone(ZoneId other) {
        return new EventLogSettings(
                eveFile,
                eveBytesMax,
                eveFilesKept,
                segmentFolder,
                segmentBytesMax,
                segmentsKept,
                flushEvery,
                syncEvery,
                other,
                portNames);
    }

    /** The same with names for the ports. */
    public EventLogSettings withPortNames(IntFunction<@Nullable String> names) {
        return new EventLogSettings(
                eveFile,
                eveBytesMax,
                eveFilesKept,
                segmentFolder,
                segmentBytesMax,
                segmentsKept,
                flushEvery,
                syncEvery,
                zone,
                names);
    }
}
