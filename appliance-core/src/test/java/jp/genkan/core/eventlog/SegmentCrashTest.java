package jp.genkan.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Segments after power cuts, damage and deletion. */
@Timeout(120)
class SegmentCrashTest {
    @TempDir
    Path folder;

    private void run(long segmentBytes, int count, int from) {
        EventLog log = new EventLog(
                EventLogSettings.of(folder.resolve("eve.json"), folder).withSegments(segmentBytes, 100), List.of());
        log.start();
        for (int i = from; i < from + count; i++) {
            assertThat(log.emit(new SampleEvent(i))).isTrue();
        }
        log.close();
    }

    private List<Long> numbers(long from) throws IOException {
        try (SegmentReader reader = new SegmentReader(folder, from)) {
            return numbers(reader);
        }
    }

    private static List<Long> numbers(SegmentReader reader) throws IOException {
        List<Long> numbers = new ArrayList<>();
        long last = -1;
        while (reader.next()) {
            assertThat(reader.sequence()).isGreaterThan(last);
            last = reader.sequence();
            numbers.addAll(EventLogTest.numbersIn(new String(reader.payload(), StandardCharsets.UTF_8)));
        }
        return numbers;
    }

    private Path onlySegment() throws IOException {
        List<Path> files = SegmentFormat.list(folder);
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    /** Octets up to the end of each record, the header's first. */
    private static List<Long> ends(Path segment) throws IOException {
        List<Long> ends = new ArrayList<>();
        try (SegmentCursor cursor = new SegmentCursor(segment)) {
            while (cursor.next() == SegmentCursor.Found.RECORD) {
                ends.add(cursor.position());
            }
        }
        return ends;
    }

    @Test
    void goesOnAfterATailThatWasTornAtAnyOctetOfTheLastRecord() throws Exception {
        run(1 << 20, 3, 0);
        Path segment = onlySegment();
        byte[] whole = Files.readAllBytes(segment);
        List<Long> ends = ends(segment);
        int twoRecords = ends.get(1).intValue();
        int threeRecords = ends.get(2).intValue();
        for (int length = twoRecords; length <= whole.length; length++) {
            Files.write(segment, Arrays.copyOf(whole, length));
            boolean lastIsWhole = length >= threeRecords;
            boolean clean = length == whole.length;
            assertThat(numbers(1)).isEqualTo(lastIsWhole ? List.of(0L, 1L, 2L) : List.of(0L, 1L));
            run(1 << 20, 1, 9);
            assertThat(numbers(1))
                    .as("torn at %d", length)
                    .isEqualTo(lastIsWhole ? List.of(0L, 1L, 2L, 9L) : List.of(0L, 1L, 9L));
            try (SegmentReader reader = new SegmentReader(folder, 4)) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.sequence())
                        .isEqualTo(clean ? 4 : lastSequence(lastIsWhole) + leap(length, twoRecords, threeRecords));
            }
            assertThat(onlySegment()).isEqualTo(segment);
        }
    }

    private static long lastSequence(boolean lastIsWhole) {
        return lastIsWhole ? 3 : 2;
    }

    private static long leap(int length, int twoRecords, int threeRecords) {
        int rest = length >= threeRecords ? length - threeRecords : length - twoRecords;
        return SegmentLayout.LEAP + rest / SegmentFormat.RECORD_HEADER_LENGTH;
    }

    @Test
    void goesOnAfterAHeaderThatWasTornAtAnyOctet() throws Exception {
        run(1 << 20, 1, 0);
        Path segment = onlySegment();
        byte[] whole = Files.readAllBytes(segment);
        for (int length = 0; length < SegmentFormat.HEADER_LENGTH; length++) {
            SegmentFormat.list(folder)
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
            Files.write(segment, Arrays.copyOf(whole, length));
            assertThat(numbers(1)).isEmpty();
            run(1 << 20, 1, 5);
            assertThat(numbers(1)).containsExactly(5L);
        }
    }

    @Test
    void neverTakesAnOctetThatWasChanged() throws Exception {
        run(1 << 20, 2, 0);
        Path segment = onlySegment();
        byte[] whole = Files.readAllBytes(segment);
        int end = ends(segment).get(1).intValue();
        for (int at = SegmentFormat.HEADER_LENGTH; at < end; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(segment, changed);
            assertThat(numbers(1).size()).as("octet %d", at).isLessThan(2);
        }
    }

    @Test
    void goesOnAfterATailOfZerosThatAPowerCutLeft() throws Exception {
        run(1 << 20, 2, 0);
        Path segment = onlySegment();
        byte[] whole = Files.readAllBytes(segment);
        Files.write(
                segment, Arrays.copyOf(Arrays.copyOf(whole, ends(segment).get(1).intValue()), 1 << 16));
        run(1 << 20, 1, 2);
        assertThat(numbers(1)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void skipsTheRestOfADamagedSegmentAndSaysSo() throws Exception {
        run(500, 20, 0);
        List<Path> files = SegmentFormat.list(folder);
        assertThat(files.size()).isGreaterThan(3);
        try (FileChannel channel = FileChannel.open(files.get(1), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {0x55}), SegmentFormat.HEADER_LENGTH + 30L);
        }
        try (SegmentReader reader = new SegmentReader(folder, 1)) {
            List<Long> numbers = numbers(reader);
            assertThat(reader.damaged()).isEqualTo(1);
            assertThat(numbers).startsWith(0L).endsWith(19L).hasSizeLessThan(20).isSorted();
        }
    }

    @Test
    void beginsANewSegmentBehindOneWhoseHeaderIsDamaged() throws Exception {
        run(1 << 20, 5, 0);
        try (FileChannel channel = FileChannel.open(onlySegment(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {0x55}), 3);
        }
        run(1 << 20, 1, 5);
        assertThat(SegmentFormat.list(folder)).hasSize(2);
        assertThat(numbers(1)).containsExactly(5L);
    }

    @Test
    void followsTheWriterOverManySegments() throws Exception {
        EventLog log = new EventLog(
                EventLogSettings.of(folder.resolve("eve.json"), folder).withSegments(4_000, 1_000), List.of());
        log.start();
        List<Long> seen = new ArrayList<>();
        try (SegmentReader reader = new SegmentReader(folder, 1)) {
            for (int i = 0; i < 3_000; i++) {
                while (!log.emit(new SampleEvent(i))) {
                    Thread.onSpinWait();
                }
                if (i % 7 == 0) {
                    seen.addAll(numbers(reader));
                }
            }
            log.close();
            seen.addAll(numbers(reader));
            assertThat(reader.damaged()).isZero();
        }
        assertThat(seen).hasSize(3_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void followsAcrossARestartOfTheWriter() throws Exception {
        run(1 << 20, 2, 0);
        try (SegmentReader reader = new SegmentReader(folder, 1)) {
            assertThat(numbers(reader)).containsExactly(0L, 1L);
            run(1 << 20, 2, 2);
            assertThat(numbers(reader)).containsExactly(2L, 3L);
        }
    }

    @Test
    void goesOnWhereSegmentsWereDeletedBehindAFollower() throws Exception {
        run(500, 20, 0);
        try (SegmentReader reader = new SegmentReader(folder, 1)) {
            assertThat(reader.next()).isTrue();
            List<Path> files = SegmentFormat.list(folder);
            for (Path file : files.subList(0, files.size() - 1)) {
                Files.delete(file);
            }
            List<Long> numbers = numbers(reader);
            assertThat(numbers).isNotEmpty().endsWith(19L);
        }
        try (SegmentReader late = new SegmentReader(folder, 1)) {
            assertThat(numbers(late)).isNotEmpty().endsWith(19L);
        }
        try (SegmentReader nothing = new SegmentReader(folder.resolve("none"), 1)) {
            assertThat(nothing.next()).isFalse();
        }
    }
}
