package jp.genkan.ips.pcre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PcreMatcherTest {
    private final PcreMatcher matcher = new PcreMatcher();

    @AfterEach
    void close() {
        matcher.close();
    }

    @Test
    void tellsWhereGroupsAre() throws PcreException {
        PcreExpression expression = PcreExpression.compile("b(c)|(x)", 0);
        assertThat(expression.captureCount()).isEqualTo(2);
        assertThat(expression.minimumLength()).isEqualTo(1);
        assertThat(match(expression, "aabcd")).isEqualTo(PcreMatcher.MATCH);
        assertThat(matcher.start(0)).isEqualTo(2);
        assertThat(matcher.end(0)).isEqualTo(4);
        assertThat(matcher.start(1)).isEqualTo(3);
        assertThat(matcher.start(2)).isEqualTo(-1);
        assertThat(matcher.start(3)).isEqualTo(-1);
    }

    @Test
    void beginsAndEndsWhereTheSubjectDoes() throws PcreException {
        byte[] octets = octets("xxabcyy");
        PcreExpression whole = PcreExpression.compile("^abc$", 0);
        assertThat(matcher.match(whole, octets, 2, 5, 2)).isEqualTo(PcreMatcher.MATCH);
        assertThat(matcher.start(0)).isEqualTo(2);
        assertThat(matcher.match(PcreExpression.compile("(?<=x)a", 0), octets, 2, 5, 2))
                .isEqualTo(PcreMatcher.NO_MATCH);
        assertThat(matcher.match(PcreExpression.compile("(?<=x)a", 0), octets, 0, 5, 2))
                .isEqualTo(PcreMatcher.MATCH);
        assertThat(matcher.match(whole, octets, 2, 6, 2)).isEqualTo(PcreMatcher.NO_MATCH);
    }

    @Test
    void takesNulAndHighOctetsAsTheyAre() throws PcreException {
        byte[] octets = {1, 0, (byte) 0xff, 0};
        assertThat(matcher.match(PcreExpression.compile("\0\u00ff\\x00$", 0), octets, 0, 4, 0))
                .isEqualTo(PcreMatcher.MATCH);
        assertThatThrownBy(() -> PcreExpression.compile("(*UTF)a", 0)).isInstanceOf(PcreException.class);
    }

    @Test
    void matchesNothingInAnEmptySubject() throws PcreException {
        assertThat(match(PcreExpression.compile("^$", 0), "")).isEqualTo(PcreMatcher.MATCH);
        assertThat(match(PcreExpression.compile("a", 0), "")).isEqualTo(PcreMatcher.NO_MATCH);
    }

    @Test
    void givesUpAndCounts() throws PcreException {
        String run = "a".repeat(1000);
        assertThat(match(PcreExpression.compile("^(a+)+[bc]", 0), run)).isEqualTo(PcreMatcher.LIMIT);
        assertThat(match(PcreExpression.compile("^(a+)+[bc]", 0, PcreLimit.RAISED), run))
                .isEqualTo(PcreMatcher.LIMIT);
        assertThat(matcher.limitHits()).isEqualTo(2);
        assertThat(matcher.start(0)).isEqualTo(-1);
    }

    @Test
    void findsWhatSuricatasLimitReaches() throws PcreException {
        String subject = "x".repeat(3_000) + "ab";
        assertThat(match(PcreExpression.compile("^.*?a[bc]", 0), subject)).isEqualTo(PcreMatcher.MATCH);
        assertThat(match(PcreExpression.compile("^(?:x|y)*?a[bc]", 0), subject)).isEqualTo(PcreMatcher.MATCH);
    }

    @Test
    void stopsASearchThatIsSlowAtEachPlace() throws PcreException {
        String run = "a".repeat(100_000);
        PcreExpression slow = PcreExpression.compile("a(?=[^z]{0,60000}[zk])", Pcre2.DOTALL);
        long began = System.nanoTime();
        assertThat(match(slow, run)).isEqualTo(PcreMatcher.LIMIT);
        assertThat(System.nanoTime() - began)
                .isLessThan(2_000_000_000L); // unbounded it takes minutes; the rest is room for a busy machine
    }

    @Test
    void searchesBeyondTheFirstPlaces() throws PcreException {
        for (int length : new int[] {10, 300, 5_000, 20_000, 200_000}) {
            String subject = "-".repeat(length) + "needle" + "-".repeat(length % 7);
            assertThat(match(PcreExpression.compile("(?<=-)n[e]+d(l)", 0), subject))
                    .isEqualTo(PcreMatcher.MATCH);
            assertThat(matcher.start(0)).isEqualTo(length);
            assertThat(matcher.start(1)).isEqualTo(length + 4);
        }
    }

    @Test
    void looksAtTheBeginningOfAVeryLongSubject() throws PcreException {
        String subject = "-".repeat(PcreMatcher.SUBJECT_LENGTH_MAX) + "needle";
        assertThat(match(PcreExpression.compile("needle", 0), subject)).isEqualTo(PcreMatcher.NO_MATCH);
        assertThat(matcher.cutSubjects()).isEqualTo(1);
    }

    @Test
    void saysWhereAnExpressionIsWrong() {
        assertThatThrownBy(() -> PcreExpression.compile("ab(c", 0))
                .isInstanceOfSatisfying(
                        PcreException.class, e -> assertThat(e.offset()).isEqualTo(4));
        assertThatThrownBy(() -> PcreExpression.compile("a\u3042", 0))
                .isInstanceOfSatisfying(
                        PcreException.class, e -> assertThat(e.offset()).isEqualTo(1));
        assertThatThrownBy(() -> PcreExpression.compile("a".repeat(PcreExpression.PATTERN_LENGTH_MAX + 1), 0))
                .isInstanceOf(PcreException.class);
    }

    /** In the part of the language where both mean the same, both say the same. */
    @Test
    void agreesWithTheExpressionsOfJava() throws PcreException {
        long seed = 20_240_611;
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            String pattern = expression(random, 3);
            boolean caseless = random.nextBoolean();
            String subject = subject(random);
            PcreExpression expression = PcreExpression.compile(pattern, caseless ? Pcre2.CASELESS : 0);
            Matcher expected = Pattern.compile(pattern, Pattern.UNIX_LINES | (caseless ? Pattern.CASE_INSENSITIVE : 0))
                    .matcher(subject);
            int found = match(expression, subject);
            if (found == PcreMatcher.LIMIT) {
                continue;
            }
            String what = "seed " + seed + " round " + round + ": " + pattern + " on " + subject;
            assertThat(found == PcreMatcher.MATCH).as(what).isEqualTo(expected.find());
            if (found == PcreMatcher.MATCH) {
                assertThat(matcher.start(0)).as(what).isEqualTo(expected.start());
                assertThat(matcher.end(0)).as(what).isEqualTo(expected.end());
            }
        }
        assertThat(matcher.limitHits()).isLessThan(100);
    }

    private static String expression(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            String piece = depth > 0 && random.nextInt(3) == 0
                    ? "(?:" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")"
                    : new String[] {"a", "b", "C", ".", "[ab]", "[^a]", "\\d", "\\x62"}[random.nextInt(8)];
            text.append(piece).append(new String[] {"", "", "", "?", "+", "{1,2}", "+?"}[random.nextInt(7)]);
        }
        return text.toString();
    }

    private static String subject(Random random) {
        int length = random.nextInt(5) == 0 ? random.nextInt(600) : random.nextInt(12);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abcABC1\n".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private int match(PcreExpression expression, String subject) {
        byte[] octets = octets(subject);
        return matcher.match(expression, octets, 0, octets.length, 0);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
