package jp.genkan.appcontrol.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import jp.genkan.core.frame.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageBookTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 26);
    private static final Address PC = Address.parse("192.0.2.7");

    private static long at(String time) {
        return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
    }

    @Test
    void addsUpByMachineApplicationAndDay() {
        UsageBook book = new UsageBook(TOKYO);
        book.add(PC, "TLS.Sample", "Web", 100, 900, at("2026-11-26T01:00:10Z"), at("2026-11-26T01:02:00Z"));
        book.add(PC, "TLS.Sample", "Web", 10, 90, at("2026-11-26T01:02:30Z"), at("2026-11-26T01:02:40Z"));
        book.add(PC, "DNS", "Network", 1, 2, at("2026-11-26T15:00:00Z"), at("2026-11-26T15:00:01Z"));
        assertThat(book.of(DAY)).containsExactly(new Usage(DAY, PC, "TLS.Sample", "Web", 110, 990, 2, 2));
        assertThat(book.of(DAY.plusDays(1))).hasSize(1); // midnight in Tokyo is 15:00 UTC
        assertThat(book.days()).containsExactly(DAY, DAY.plusDays(1));
    }

    @Test
    void whatIsTooMuchIsCountedAsOthersOrLost() {
        UsageBook book = new UsageBook(TOKYO);
        long when = at("2026-11-26T01:00:00Z");
        for (int i = 0; i < UsageBook.ROWS_MAX + 50; i++) {
            book.add(PC, "App" + i, "Web", 1, 1, when, when);
        }
        book.add(Address.parse("192.0.2.8"), "App", "Web", 1, 1, when, when);
        assertThat(book.of(DAY)).hasSize(UsageBook.ROWS_MAX);
        assertThat(book.of(DAY).getFirst().application()).isEqualTo(UsageBook.OTHERS);
        assertThat(book.lost()).isEqualTo(1);
    }

    @Test
    void forgetsTheEarliestDays() {
        UsageBook book = new UsageBook(TOKYO);
        long first = at("2026-01-01T01:00:00Z");
        for (int day = 0; day < UsageBook.DAYS_MAX + 5; day++) {
            long when = first + day * 86_400_000_000_000L;
            book.add(PC, "App", "Web", 1, 1, when, when);
        }
        assertThat(book.days()).hasSize(UsageBook.DAYS_MAX).first().isEqualTo(LocalDate.of(2026, 1, 6));
    }

    @Test
    void comesBackAfterARestart(@TempDir Path state) throws IOException {
        UsageBook book = new UsageBook(TOKYO);
        book.add(PC, "TLS.Sample", "Web", 100, 900, at("2026-11-26T01:00:10Z"), at("2026-11-26T01:05:00Z"));
        new UsageStore(state, book).save(DAY);
        UsageBook again = new UsageBook(TOKYO);
        new UsageStore(state, again).load(DAY);
        assertThat(again.of(DAY)).isEqualTo(book.of(DAY));
    }

    @Test
    void passesOverWhatIsDamaged(@TempDir Path state) throws IOException {
        Files.writeString(
                state.resolve("applications-" + DAY),
                "nonsense\n192.0.2.7\tA\tWeb\t1\t2\t3\t4\n192.0.2.7\tB\tWeb\t1\t2\tmany\t4\n192.0.2.300\tA\tWeb\t1\t2\t3\t4\n");
        UsageBook book = new UsageBook(TOKYO);
        new UsageStore(state, book).load(DAY);
        assertThat(book.of(DAY)).hasSize(1);
    }
}
