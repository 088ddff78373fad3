package jp.genkan.av.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import jp.genkan.av.password.PasswordBook.Locked;
import org.junit.jupiter.api.Test;

class PasswordBookTest {
    private static final long HOUR = PasswordBook.MEMORY.toNanos();

    private final PasswordBook<String> book = new PasswordBook<>();

    private static Correspondence between(String from, String... to) {
        return Correspondence.of(List.of(from), List.of(to));
    }

    @Test
    void addressesAreComparedAsAddresses() {
        book.say(between("A <a@Example.org>", "b@example.net"), List.of("secret"), 0);
        assertThat(book.passwords(between("a@example.org", "x@example.net", "<B@example.net>"), 1))
                .containsExactly("secret");
        assertThat(book.passwords(between("b@example.net", "a@example.org"), 1)).isEmpty();
    }

    @Test
    void theNewestPasswordsComeFirstAndStay() {
        Correspondence two = between("a@x", "b@x");
        for (int i = 0; i < 40; i++) {
            book.say(two, List.of("password" + i), i);
        }
        assertThat(book.passwords(two, 100)).hasSize(Passwords.CANDIDATES_MAX).startsWith("password39", "password38");
    }

    @Test
    void anHourLaterNothingIsKnown() {
        Correspondence two = between("a@x", "b@x");
        book.say(two, List.of("secret"), 0);
        book.keep(new Locked(new byte[100]), two, "archive", 0);
        assertThat(book.passwords(two, HOUR)).hasSize(1);
        assertThat(book.waiting(two, HOUR)).hasSize(1);
        assertThat(book.passwords(two, HOUR + 1)).isEmpty();
        assertThat(book.waiting(two, HOUR + 1)).isEmpty();
        assertThat(book.octets()).isZero();
    }

    @Test
    void pairsAreBounded() {
        for (int i = 0; i <= PasswordBook.PAIRS_MAX; i++) {
            book.say(between("a@x", i + "@x"), List.of("secret"), 0);
        }
        assertThat(book.passwords(between("a@x", "0@x"), 0)).isEmpty();
        assertThat(book.passwords(between("a@x", "1@x"), 0)).hasSize(1);
        List<String> crowd = IntStream.range(0, 1_000).mapToObj(i -> i + "@x").toList();
        assertThat(Correspondence.of(crowd, crowd).pairs()).hasSize(Correspondence.PAIRS_MAX);
    }

    @Test
    void archivesAreBounded() {
        Correspondence two = between("a@x", "b@x");
        for (int i = 0; i < 20; i++) {
            book.keep(new Locked(new byte[PasswordBook.ARCHIVE_OCTETS_MAX]), two, "archive" + i, i);
            assertThat(book.octets()).isLessThanOrEqualTo(PasswordBook.OCTETS_MAX);
        }
        assertThat(book.waiting(two, 20)).extracting(PasswordBook.Kept::about).startsWith("archive19", "archive18");
        assertThat(book.waiting(two, 20)).hasSize(PasswordBook.TRIED_MAX);
        book.keep(new Locked(new byte[PasswordBook.ARCHIVE_OCTETS_MAX + 1]), two, "large", 21);
        assertThat(book.waiting(two, 21).getFirst().about()).isEqualTo("archive19");
    }

    @Test
    void whatWasOpenedIsForgotten() {
        Correspondence two = between("a@x", "b@x");
        book.keep(new Locked(new byte[10]), two, "one", 0);
        book.keep(new Locked(new byte[10]), two, "other", 0);
        book.opened(book.waiting(two, 0).getLast());
        assertThat(book.waiting(two, 0)).extracting(PasswordBook.Kept::about).containsExactly("other");
        assertThat(book.octets()).isEqualTo(10);
    }
}
