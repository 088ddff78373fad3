package jp.genkan.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.event.EventQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file system of four mebibytes, and more events than it holds. */
@Timeout(120)
class DiskFullTest {
    private static final int DISK_KIB = 4_096;

    @TempDir
    Path folder;

    private boolean mounted;

    private static int command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @BeforeEach
    void mountASmallDisk() throws Exception {
        int status = command("mount", "-t", "tmpfs", "-o", "size=" + DISK_KIB + "k", "genkan-test", folder.toString());
        assumeTrue(status == 0, "no right to mount a small file system here");
        mounted = true;
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(command("umount", folder.toString())).isZero();
        }
    }

    private EventLogSettings settings() {
        return EventLogSettings.of(folder.resolve("eve.json"), folder.resolve("segments"))
                .withEve(100_000, 1_000)
                .withSegments(100_000, 1_000);
    }

    private static EventQueue queueOf(int count) {
        EventQueue queue = EventQueue.ofOneProducer("worker-0", count);
        for (int i = 0; i < count; i++) {
            assertThat(queue.offer(new SampleEvent(i))).isTrue();
        }
        return queue;
    }

    @Test
    void deletesTheOldestFilesAndGoesOn() throws Exception {
        int count = 30_000; // about 3 MB in each kind of file
        EventLog log = new EventLog(settings(), List.of(queueOf(count)));
        log.start();
        log.close();
        assertThat(log.problem()).isNull();
        assertThat(log.counters().get(EventLogCounter.FILES_DELETED_FOR_SPACE)).isPositive();
        assertThat(log.counters().get(EventLogCounter.EVE_LOST)).isZero();
        assertThat(log.counters().get(EventLogCounter.SEGMENT_LOST)).isZero();
        assertThat(EventLogTest.numbersInFile(folder.resolve("eve.json"))).endsWith(count - 1L);
        long last = 0;
        long first = 0;
        long records = 0;
        boolean told = false;
        try (SegmentReader reader = new SegmentReader(folder.resolve("segments"), 1)) {
            while (reader.next()) {
                first = records == 0 ? reader.sequence() : first;
                last = reader.sequence();
                records++;
                told |= new String(reader.payload(), StandardCharsets.UTF_8).contains("\"name\":\"disk_full\"");
            }
            assertThat(reader.damaged()).isZero();
        }
        assertThat(last).isEqualTo(log.counters().get(EventLogCounter.EVENTS));
        assertThat(last - first).isEqualTo(records - 1);
        assertThat(told).isTrue();
    }

    @Test
    void losesAndCountsWhatFitsNowhereAndRecoversWhenThereIsRoom() throws Exception {
        Path ballast = folder.resolve("ballast");
        fill(ballast);
        int count = 40_000; // more than the buffers hold
        EventLog log = new EventLog(settings(), List.of(queueOf(count)));
        log.start();
        EventLogTest.waitUntil(() -> log.counters().get(EventLogCounter.EVENTS) >= count);
        assertThat(log.problem()).contains("No space left");
        long lost = log.counters().get(EventLogCounter.EVE_LOST);
        assertThat(lost).isPositive();
        Files.delete(ballast);
        EventLogTest.waitUntil(() -> log.problem() == null);
        assertThat(log.emit(new SampleEvent(1_000_000))).isTrue();
        log.close();
        assertThat(EventLogTest.numbersInFile(folder.resolve("eve.json"))).endsWith(1_000_000L);
        String newest = Files.readString(folder.resolve("eve.json"));
        assertThat(newest).contains("\"name\":\"event_log_recovered\"");
        assertThat(log.counters().get(EventLogCounter.EVE_LOST)).isEqualTo(lost);
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4_096];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (channel.write(java.nio.ByteBuffer.wrap(block)) > 0) {
                // until it throws
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
