package jp.genkan.core.eventlog;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets are a segment that is read as far as it is whole, and that a writer goes on with. */
class SegmentFuzzTest {
    static Stream<Arguments> seeds() {
        ByteBuffer segment = ByteBuffer.allocate(4_096);
        SegmentFormat.putHeader(segment, 1, 2);
        byte[] payload = "{\"event_type\":\"sample\"}".getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        SegmentFormat.putRecord(segment, 3, 1, payload, payload.length, crc);
        SegmentFormat.putRecord(segment, 4, 2, payload, payload.length, crc);
        SegmentFormat.putRecord(segment, 5, 2, payload, 0, crc);
        byte[] whole = Arrays.copyOf(segment.array(), segment.position());
        return Stream.of(whole, Arrays.copyOf(whole, whole.length - 30), new byte[0], new byte[100])
                .map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatIsWholeAndGoesOnBehindIt(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("segments");
        try {
            Files.write(SegmentFormat.file(folder, 1), bytes);
            int before = count(folder);
            EventLog log = new EventLog(EventLogSettings.of(folder.resolve("eve.json"), folder), List.of());
            log.start();
            log.emit(new SampleEvent(1));
            log.close();
            if (log.problem() != null || count(folder) < Math.min(before, 1) + 1) {
                throw new AssertionError("before " + before + ", after " + count(folder) + ", " + log.problem());
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> file.toFile().delete());
            }
            Files.delete(folder);
        }
    }

    private static int count(Path folder) throws IOException {
        int count = 0;
        try (SegmentReader reader = new SegmentReader(folder, Long.MIN_VALUE)) {
            while (reader.next()) {
                count++;
            }
        }
        return count;
    }
}
