package jp.genkan.core.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventQueue;
import jp.genkan.core.event.FlowIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events from the queues to the files, the segments and the followers. */
@Timeout(60)
class EventLogTest {
    private static final Pattern NUMBER = Pattern.compile("\"event_type\":\"sample\",\"number\":(\\d+),");

    @TempDir
    Path folder;

    private Path eve;
    private Path segments;
    private EventLogSettings settings;

    @BeforeEach
    void chooseFiles() {
        eve = folder.resolve("log/eve.json");
        segments = folder.resolve("segments");
        settings = EventLogSettings.of(eve, segments).withZone(ZoneOffset.UTC);
    }

    static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came true").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    static List<Long> numbersIn(String text) {
        List<Long> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            numbers.add(Long.parseLong(matcher.group(1)));
        }
        return numbers;
    }

    static List<Long> numbersInFile(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(text).endsWith("\n");
        return numbersIn(text);
    }

    private record Stored(long sequence, String json) {}

    private List<Stored> stored(long from) throws IOException {
        List<Stored> all = new ArrayList<>();
        try (SegmentReader reader = new SegmentReader(segments, from)) {
            while (reader.next()) {
                all.add(new Stored(reader.sequence(), new String(reader.payload(), StandardCharsets.UTF_8)));
            }
            assertThat(reader.damaged()).isZero();
        }
        return all;
    }

    private void run(EventLogSettings with, int count, int from) {
        EventLog log = new EventLog(with, List.of());
        log.start();
        for (int i = from; i < from + count; i++) {
            assertThat(log.emit(new SampleEvent(i))).isTrue();
        }
        log.close();
    }

    @Test
    void writesEverythingThatIsQueuedBeforeItCloses() throws Exception {
        EventQueue one = EventQueue.ofOneProducer("worker-0", 4_096);
        EventQueue two = EventQueue.ofOneProducer("worker-1", 4_096);
        for (int i = 0; i < 4_000; i++) {
            one.offer(new SampleEvent(i));
            two.offer(new SampleEvent(10_000 + i));
        }
        EventLog log = new EventLog(settings, List.of(one, two));
        log.start();
        log.close();
        log.close();
        List<Long> written = numbersInFile(eve);
        assertThat(written).hasSize(8_000).doesNotHaveDuplicates();
        assertThat(written.stream().filter(n -> n < 10_000)).isSorted();
        assertThat(written.stream().filter(n -> n >= 10_000)).isSorted();
        List<Stored> stored = stored(1);
        assertThat(stored).hasSize(8_000);
        assertThat(stored.getFirst().sequence()).isEqualTo(1);
        assertThat(stored.getLast().sequence()).isEqualTo(8_000);
        assertThat(stored.stream().flatMap(s -> numbersIn(s.json()).stream())).containsExactlyElementsOf(written);
        assertThat(stored.getFirst().json())
                .startsWith("{\"timestamp\":\"2026-11-24T00:00:00.")
                .endsWith("}");
        assertThat(log.counters().get(EventLogCounter.EVENTS)).isEqualTo(8_000);
        assertThat(log.counters().get(EventLogCounter.EVE_BYTES)).isEqualTo(Files.size(eve));
        assertThat(log.counters().get(EventLogCounter.WRITE_FAILURES)).isZero();
    }

    @Test
    void takesQueuesInTurnSoThatABusyOneDoesNotHoldUpAnother() throws Exception {
        EventQueue busy = EventQueue.ofOneProducer("busy", 1 << 15);
        EventQueue calm = EventQueue.ofOneProducer("calm", 16);
        for (int i = 0; i < 1 << 15; i++) {
            busy.offer(new SampleEvent(i));
        }
        calm.offer(new SampleEvent(1_000_000));
        EventLog log = new EventLog(settings, List.of(busy, calm));
        log.start();
        log.close();
        assertThat(numbersInFile(eve).indexOf(1_000_000L)).isLessThan(1_000);
    }

    @Test
    void writesWithoutWaitingWhenItIsIdle() throws Exception {
        try (EventLog log = new EventLog(settings, List.of())) {
            log.start();
            log.emit(new SampleEvent(7));
            waitUntil(() -> log.counters().get(EventLogCounter.EVE_BYTES) > 0);
            assertThat(numbersInFile(eve)).containsExactly(7L);
            waitUntil(() -> log.counters().get(EventLogCounter.SEGMENT_BYTES) > 0);
            assertThat(stored(1)).hasSize(1);
        }
    }

    @Test
    void countsExactlyWhatAFullQueueSheds() throws Exception {
        EventQueue queue = EventQueue.ofOneProducer("worker-0", 64);
        for (int i = 0; i < 1_000; i++) {
            queue.offer(new SampleEvent(i));
        }
        EventLog log = new EventLog(settings, List.of(queue));
        log.start();
        log.close();
        assertThat(numbersInFile(eve)).hasSize(64).startsWith(0L).endsWith(63L);
        assertThat(log.shed()).isEqualTo(936);
        assertThat(Files.readString(eve))
                .contains("\"health\":{\"name\":\"events_shed\",\"severity\":\"warning\",")
                .contains("\"shed\":936,\"shed_total\":936}");
    }

    @Test
    void rotatesBySizeAndKeepsTheNumberOfFiles() throws Exception {
        EventLogSettings small = settings.withEve(1_000, 3).withSegments(2_000, 4);
        EventLog log = new EventLog(small, List.of());
        log.start();
        for (int i = 0; i < 400; i++) {
            assertThat(log.emit(new SampleEvent(i))).isTrue();
        }
        log.close();
        List<Long> all = new ArrayList<>();
        for (String name : List.of("eve.json.3", "eve.json.2", "eve.json.1", "eve.json")) {
            Path file = eve.resolveSibling(name);
            assertThat(Files.size(file)).isBetween(1L, 1_000L);
            all.addAll(numbersInFile(file));
        }
        assertThat(eve.resolveSibling("eve.json.4")).doesNotExist();
        assertThat(all).isSorted().doesNotHaveDuplicates().endsWith(399L);
        assertThat(all.getLast() - all.getFirst()).isEqualTo(all.size() - 1);
        assertThat(log.counters().get(EventLogCounter.EVE_ROTATIONS)).isGreaterThan(20);
        assertThat(SegmentFormat.list(segments)).hasSize(4);
        List<Stored> stored = stored(1);
        assertThat(stored.getLast().sequence()).isEqualTo(400);
        assertThat(stored.getFirst().sequence()).isGreaterThan(300);
        assertThat(stored.getLast().sequence() - stored.getFirst().sequence()).isEqualTo(stored.size() - 1);
        assertThat(log.counters().get(EventLogCounter.EVE_LOST)).isZero();
    }

    @Test
    void keepsNoRotatedFileWhenNoneIsWanted() throws Exception {
        run(settings.withEve(500, 0), 100, 0);
        assertThat(eve.resolveSibling("eve.json.1")).doesNotExist();
        assertThat(numbersInFile(eve)).endsWith(99L).hasSizeLessThan(10);
    }

    @Test
    void goesOnWithTheNumbersAfterACleanStop() throws Exception {
        run(settings, 3, 0);
        run(settings, 0, 0);
        run(settings, 2, 3);
        assertThat(stored(1)).extracting(Stored::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(SegmentFormat.list(segments)).hasSize(1);
        assertThat(numbersInFile(eve)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void readsFromANumberOn() throws Exception {
        run(settings.withSegments(1_000, 100), 100, 0);
        assertThat(stored(42).getFirst().sequence()).isEqualTo(42);
        assertThat(stored(42)).hasSize(59);
        assertThat(stored(101)).isEmpty();
    }

    @Test
    void cutsOffALineThatACrashLeftHalfWritten() throws Exception {
        run(settings, 2, 0);
        Files.writeString(eve, "{\"timestamp\":\"20", StandardOpenOption.APPEND);
        run(settings, 1, 2);
        assertThat(numbersInFile(eve)).containsExactly(0L, 1L, 2L);
        assertThat(Files.readAllLines(eve)).hasSize(3);
    }

    @Test
    void leavesAFileThatWasMovedAway() throws Exception {
        Path moved = eve.resolveSibling("taken-away");
        EventLog log = new EventLog(settings, List.of());
        log.start();
        log.emit(new SampleEvent(1));
        waitUntil(() -> log.counters().get(EventLogCounter.EVE_BYTES) > 0);
        Files.move(eve, moved);
        long[] next = {2};
        waitUntil(() -> {
            log.emit(new SampleEvent(next[0]++));
            return Files.exists(eve);
        });
        log.close();
        List<Long> all = new ArrayList<>(numbersInFile(moved));
        all.addAll(numbersInFile(eve));
        assertThat(all).hasSize((int) next[0] - 1).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void goesOnWhenAFolderCannotBeWrittenAndTellsAfterwards() throws Exception {
        Files.writeString(folder.resolve("log"), "a file where a folder should be");
        EventLog log = new EventLog(settings, List.of());
        log.start();
        log.emit(new SampleEvent(1));
        waitUntil(() -> log.counters().get(EventLogCounter.SEGMENT_BYTES) > 0);
        assertThat(log.problem()).startsWith(eve + ": ");
        Files.delete(folder.resolve("log"));
        waitUntil(() -> log.problem() == null);
        log.close();
        assertThat(numbersInFile(eve)).containsExactly(1L);
        assertThat(Files.readString(eve))
                .contains("\"name\":\"event_log_failing\"", "\"name\":\"event_log_recovered\"", "\"lost\":0}");
        assertThat(log.counters().get(EventLogCounter.WRITE_FAILURES)).isPositive();
        assertThat(log.counters().get(EventLogCounter.EVE_LOST)).isZero();
    }

    private record Faulty() implements Event {
        @Override
        public String type() {
            return "faulty";
        }

        @Override
        public long epochNanos() {
            return 0;
        }

        @Override
        public @Nullable FlowIdentity identity() {
            return null;
        }

        @Override
        public void writeTo(EveFields out) {
            out.object("never closed");
        }
    }

    @Test
    void survivesAnEventThatCannotBeWritten() throws Exception {
        EventLog log = new EventLog(settings, List.of());
        log.start();
        log.emit(new Faulty());
        log.emit(new SampleEvent(1));
        log.close();
        assertThat(Files.readAllLines(eve)).singleElement().asString().contains("\"number\":1");
        assertThat(log.counters().get(EventLogCounter.EVENTS_MALFORMED)).isEqualTo(1);
    }

    @Test
    void letsFollowersSeeEventsAsTheyCome() throws Exception {
        EventLog log = new EventLog(settings, List.of());
        log.start();
        EventSubscription follower = Objects.requireNonNull(log.subscribe());
        log.emit(new SampleEvent(5));
        EventSubscription.Line line = Objects.requireNonNull(follower.poll(30, TimeUnit.SECONDS));
        assertThat(line.sequence()).isEqualTo(1);
        assertThat(line.epochNanos()).isEqualTo(SampleEvent.START + 5);
        assertThat(new String(line.json(), StandardCharsets.UTF_8))
                .startsWith("{")
                .endsWith("}");
        log.emit(new SampleEvent(6));
        log.close();
        assertThat(follower.state()).isEqualTo(EventSubscription.State.LOG_CLOSED);
        assertThat(follower.poll(0, TimeUnit.SECONDS)).isNotNull();
        assertThat(follower.poll(0, TimeUnit.SECONDS)).isNull();
        assertThat(log.subscribe()).isNull();
    }

    @Test
    void sendsASlowFollowerAwayAndTellsHim() throws Exception {
        EventLog log = new EventLog(settings, List.of());
        log.start();
        EventSubscription slow = Objects.requireNonNull(log.subscribe());
        EventSubscription quick = Objects.requireNonNull(log.subscribe());
        String text = "x".repeat(40_000);
        long seen = 0;
        for (int i = 0; i < 200; i++) {
            assertThat(log.emit(new SampleEvent(i, text))).isTrue();
            seen += quick.poll(30, TimeUnit.SECONDS) == null ? 0 : 1;
        }
        assertThat(seen).isEqualTo(200);
        assertThat(slow.state()).isEqualTo(EventSubscription.State.TOO_SLOW);
        long waiting = 0;
        while (slow.poll(1, TimeUnit.SECONDS) != null) {
            waiting++;
        }
        assertThat(waiting).isBetween(100L, 110L);
        assertThat(quick.state()).isEqualTo(EventSubscription.State.OPEN);
        quick.close();
        log.close();
        assertThat(log.counters().get(EventLogCounter.SUBSCRIBERS_DROPPED)).isEqualTo(1);
        assertThat(quick.state()).isEqualTo(EventSubscription.State.CLOSED);
    }

    @Test
    void refusesMoreFollowersThanItCanServe() {
        EventLog log = new EventLog(settings, List.of());
        log.start();
        List<EventSubscription> followers = new ArrayList<>();
        for (int i = 0; i < EventLog.SUBSCRIBERS_MAX; i++) {
            EventSubscription follower = Objects.requireNonNull(log.subscribe());
            followers.add(follower);
        }
        assertThat(log.subscribe()).isNull();
        followers.getFirst().close();
        assertThat(log.subscribe()).isNotNull();
        log.close();
    }

    @Test
    void writesNoSegmentsWhenNoneAreWanted() throws Exception {
        run(EventLogSettings.of(eve, null), 5, 0);
        assertThat(numbersInFile(eve)).hasSize(5);
        assertThat(segments).doesNotExist();
    }

    @Test
    void aReplayWritesAtOnceInOrder() throws Exception {
        Path file = folder.resolve("eve.json");
        Files.writeString(file, "what was there before");
        try (EveFile replay = new EveFile(file, ZoneOffset.UTC)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(replay.emit(new SampleEvent(i))).isTrue();
            }
            assertThat(replay.events()).isEqualTo(1_000);
        }
        assertThat(numbersInFile(file)).hasSize(1_000).isSorted();
    }
}
