package jp.genkan.urlfilter.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import jp.genkan.core.frame.Address;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitsTest {
    private static final Listing GAMES = new Listing("leisure", "games", ListAction.LOG, "test", null);
    private static final Address PC = Address.parse("192.168.1.10");
    private static final long MINUTE = 60_000_000_000L;

    private final Visits visits = new Visits(ZoneId.of("Asia/Tokyo"));
    private final long noon = nanos("2026-11-26T03:00:00Z");

    private static long nanos(String moment) {
        return Instant.parse(moment).getEpochSecond() * 1_000_000_000L;
    }

    private boolean goes(String host, long epochNanos) {
        return visits.note(PC, host, GAMES, false, epochNanos);
    }

    @Test
    void makesOneVisitOfWhatComesWithinHalfAnHour() {
        assertThat(goes("www.play.example", noon)).isTrue();
        assertThat(goes("img.play.example", noon + 29 * MINUTE)).isFalse();
        assertThat(goes("play.example", noon + 58 * MINUTE)).isFalse();
        assertThat(goes("play.example", noon + 89 * MINUTE)).isTrue();
        assertThat(goes("other.example", noon)).as("another site").isTrue();
        assertThat(visits.note(Address.parse("192.168.1.11"), "play.example", GAMES, false, noon))
                .as("another machine")
                .isTrue();
    }

    @Test
    void countsByTheDayOfThePlace() {
        long evening = nanos("2026-11-26T14:59:00Z"); // 23:59 in Tokyo
        goes("play.example", evening);
        assertThat(goes("play.example", evening + 2 * MINUTE))
                .as("still the same visit")
                .isFalse();
        assertThat(visits.day(Instant.parse("2026-11-26T14:59:00Z"))).isEmpty();
        Visits.SiteDay day = visits.day(Instant.parse("2026-11-26T16:00:00Z")).getFirst();
        assertThat(day.connections()).isEqualTo(1);
        assertThat(day.visits()).isEqualTo(1);
        assertThat(day.firstEpochNanos()).isEqualTo(evening + 2 * MINUTE);
    }

    @Test
    void forgetsThePairThatWasQuietTheLongest() {
        for (int i = 0; i <= Visits.PAIRS_MAX; i++) {
            goes("s" + i + ".example", noon + i);
        }
        assertThat(visits.displaced()).isPositive();
        assertThat(goes("s0.example", noon + Visits.PAIRS_MAX)).as("told again").isTrue();
        assertThat(goes("s" + Visits.PAIRS_MAX + ".example", noon + Visits.PAIRS_MAX))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.co.jp, example.co.jp",
        "a.b.example.com, example.com",
        "example.jp, example.jp",
        "co.jp, co.jp",
        "localhost, localhost",
        "192.0.2.7, 192.0.2.7",
        "[2001:db8::1], [2001:db8::1]",
        "'', ''"
    })
    void countsHostsOfOneSiteTogether(String host, String site) {
        assertThat(SiteName.of(host)).isEqualTo(site);
    }
}
