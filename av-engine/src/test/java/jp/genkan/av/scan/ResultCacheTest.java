package jp.genkan.av.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import jp.genkan.av.content.Content;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.scan.ScanResult.Blind;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResultCacheTest {
    private static final ScanLimits WIDE = new ScanLimits(4, 50, 1 << 20, 1 << 20, 250, Duration.ofSeconds(10));
    private static final ScanLimits NARROW = new ScanLimits(2, 5, 1 << 10, 1 << 10, 250, Duration.ofMillis(5));

    private final Arena arena = Arena.ofConfined();
    private final AtomicLong nanos = new AtomicLong();
    private final Counting unpacker = new Counting();

    /** Each time it is asked a millisecond has gone by. */
    private long slow() {
        return nanos.addAndGet(1_000_000);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    /** Takes nothing apart, and counts how often it was asked to. */
    private static final class Counting implements Unpacker {
        private int asked;
        private Members.@Nullable Reason reason;

        @Override
        public String format() {
            return "counting";
        }

        @Override
        public boolean recognises(Content content, FileFacts facts) {
            return true;
        }

        @Override
        public void unpack(Content content, FileFacts facts, Members members) throws IOException {
            asked++;
            if (reason != null) {
                members.uninspectable("member", reason);
            }
        }
    }

    private Content content(byte[] octets) {
        MemorySegment copy = arena.allocate(octets.length);
        MemorySegment.copy(octets, 0, copy, ValueLayout.JAVA_BYTE, 0, octets.length);
        return new Content(copy);
    }

    private Content content(String text) {
        return content(text.getBytes(StandardCharsets.US_ASCII));
    }

    private FileScanner scanner(ScanSet set, ScanLimits limits, LongSupplier clock) {
        return new FileScanner(set, List.of(unpacker), limits, clock);
    }

    private static ScanSet set() {
        return new ScanSet(List.of(new Eicar()));
    }

    private static ScanResult scan(FileScanner scanner, Content content, String name, String... outer) {
        return scanner.scan(content, name, List.of(outer), List.of(outer), List.of());
    }

    @Test
    void aFileThatTookLongIsNotTakenApartAgain() {
        ScanSet set = set();
        try (FileScanner one = scanner(set, WIDE, this::slow);
                FileScanner other = scanner(set, WIDE, this::slow)) {
            ScanResult first = scan(one, content("the same file"), "a.bin");
            assertThat(one.wasKnown()).isFalse();
            assertThat(scan(other, content("the same file"), "a.bin")).isEqualTo(first);
            assertThat(other.wasKnown()).isTrue();
            assertThat(unpacker.asked).isEqualTo(1);
        }
    }

    @Test
    void whateverChangesAResultMakesAnotherFile() {
        ScanSet set = set();
        try (FileScanner scanner = scanner(set, WIDE, this::slow)) {
            scan(scanner, content("the same file"), "a.bin");
            scan(scanner, content("the same file"), "b.bin");
            scan(scanner, content("the same file"), "a.bin", "mail");
            scanner.scan(content("the same file"), "a.bin", List.of(), List.of(), List.of("secret"));
            scan(scanner, content("the same fils"), "a.bin");
            scanner.findEverything(true);
            scan(scanner, content("the same file"), "a.bin");
            assertThat(unpacker.asked).isEqualTo(6);
        }
    }

    @Test
    void anOctetThatNoSampleHasMakesAnotherFile() {
        ScanSet set = set();
        byte[] octets = new byte[200_000];
        try (FileScanner scanner = scanner(set, WIDE, this::slow)) {
            scan(scanner, content(octets), "a.bin");
            octets[1_000] = 1;
            scan(scanner, content(octets), "a.bin");
            assertThat(scanner.wasKnown()).isFalse();
            assertThat(unpacker.asked).isEqualTo(2);
        }
    }

    @Test
    void otherSignaturesKnowNothing() {
        try (FileScanner before = scanner(set(), WIDE, this::slow);
                FileScanner after = scanner(set(), WIDE, this::slow)) {
            scan(before, content("the same file"), "a.bin");
            scan(after, content("the same file"), "a.bin");
            assertThat(unpacker.asked).isEqualTo(2);
        }
    }

    @Test
    void whatIsQuickIsNotKept() {
        ScanSet set = set();
        try (FileScanner scanner = scanner(set, WIDE, () -> 0)) {
            scan(scanner, content("the same file"), "a.bin");
            scan(scanner, content("the same file"), "a.bin");
            assertThat(unpacker.asked).isEqualTo(2);
            assertThat(set.results().size()).isZero();
        }
    }

    @Test
    void aBoundThatWasReachedSaysNothingOfWiderOnes() {
        ScanSet set = set();
        unpacker.reason = Members.Reason.TOO_LARGE;
        try (FileScanner narrow = scanner(set, NARROW, this::slow);
                FileScanner wide = scanner(set, WIDE, this::slow)) {
            scan(narrow, content("the same file"), "a.bin");
            scan(wide, content("the same file"), "a.bin");
            assertThat(wide.wasKnown()).isFalse();
            scan(narrow, content("the same file"), "a.bin");
            assertThat(narrow.wasKnown()).isTrue();
            assertThat(unpacker.asked).isEqualTo(2);
        }
    }

    @Test
    void whatWasFoundWithoutReachingABoundHoldsForAll() {
        ScanSet set = set();
        unpacker.reason = Members.Reason.ENCRYPTED;
        try (FileScanner narrow = scanner(set, NARROW, this::slow);
                FileScanner wide = scanner(set, WIDE, this::slow)) {
            scan(narrow, content("the same file"), "a.bin");
            scan(wide, content("the same file"), "a.bin");
            assertThat(wide.wasKnown()).isTrue();
        }
    }

    @Test
    void whatHadNotTheTimeIsLookedAtAgain() {
        ScanSet set = set();
        unpacker.reason = Members.Reason.TOO_LONG;
        try (FileScanner scanner = scanner(set, WIDE, this::slow)) {
            scan(scanner, content("the same file"), "a.bin");
            scan(scanner, content("the same file"), "a.bin");
            assertThat(unpacker.asked).isEqualTo(2);
        }
    }

    @Test
    void theOldestGiveWay() {
        ResultCache cache = new ResultCache();
        ScanResult clean = new ScanResult(List.of(), List.of(), 1);
        for (int i = 0; i < ResultCache.ENTRIES_MAX + 10; i++) {
            cache.keep(i, new byte[32], clean, WIDE);
            assertThat(cache.find(0, new byte[32], WIDE)).isNotNull(); // asked for all the time
        }
        assertThat(cache.size()).isEqualTo(ResultCache.ENTRIES_MAX);
        assertThat(cache.mayKnow(1)).isFalse();
        assertThat(cache.mayKnow(ResultCache.ENTRIES_MAX)).isTrue();
    }

    @Test
    void octetsAreBounded() {
        ResultCache cache = new ResultCache();
        String name = "n".repeat(1_000);
        ScanResult wordy = new ScanResult(List.of(), List.of(new Blind(Members.Reason.BROKEN, List.of(name), null)), 1);
        assertThat(ResultCache.isWorthKeeping(wordy)).isTrue();
        for (int i = 0; i < ResultCache.ENTRIES_MAX; i++) {
            cache.keep(i, new byte[32], wordy, WIDE);
        }
        assertThat(cache.size()).isBetween(1_000, (int) (ResultCache.OCTETS_MAX / 2_000));
        List<Blind> many = new ArrayList<>();
        for (int i = 0; i < ScanResult.BLIND_MAX; i++) {
            many.add(new Blind(Members.Reason.BROKEN, List.of(name), null));
        }
        assertThat(ResultCache.isWorthKeeping(new ScanResult(List.of(), many, 1)))
                .isFalse();
    }
}
