package jp.genkan.av.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.literals.LiteralCompiler;
import org.junit.jupiter.api.Test;

class PatternMatcherTest {
    private static final long NO_DEADLINE = Long.MAX_VALUE / 2;
    private static final LiteralCompiler LITERALS = LiteralCompiler.open(null);

    private static Content content(String latin) {
        byte[] octets = latin.getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment segment = Arena.ofAuto().allocate(octets.length + 1L).asSlice(0, octets.length);
        MemorySegment.copy(octets, 0, segment, ValueLayout.JAVA_BYTE, 0, octets.length);
        return new Content(segment);
    }

    private static long deadline() {
        return System.nanoTime() + NO_DEADLINE;
    }

    private static List<Integer> offsets(PatternMatcher matcher, int pattern) {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < matcher.count(pattern); i++) {
            offsets.add(matcher.offset(pattern, i));
        }
        return offsets;
    }

    @Test
    void findsWhatTheObviousSearchFinds() {
        long seed = 20_261_126;
        for (int round = 0; round < 60; round++) {
            compare(new Random(seed + round), "seed " + (seed + round));
        }
    }

    static void compare(Random random, String seed) {
        PatternSetBuilder builder = new PatternSetBuilder();
        List<Pattern> patterns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Pattern pattern = pattern(random);
            // What may be empty is preferred empty by lazy repetitions, and then no match.
            if (!Obvious.mayBeEmpty(pattern) && builder.addToPostpone(pattern) == patterns.size()) {
                patterns.add(pattern);
            }
        }
        int stage = builder.newStage();
        for (int id = 0; id < patterns.size(); id++) {
            if (random.nextInt(3) == 0) {
                builder.postpone(id, stage);
            }
        }
        PatternSet set = builder.build(random.nextInt(4) == 0 ? LiteralCompiler.inJava() : LITERALS);
        try (PatternMatcher matcher = set.matcher()) {
            for (int texts = 0; texts < 5; texts++) {
                String text = text(random, 60);
                matcher.scan(content(text), deadline());
                for (int id = 0; id < patterns.size(); id++) {
                    Set<Integer> right = Obvious.starts(patterns.get(id), text);
                    int place = random.nextInt(text.length() + 2);
                    assertThat(matcher.matchesAt(id, place))
                            .as("%s: %s at %d in %s", seed, patterns.get(id), place, text)
                            .isEqualTo(right.contains(place));
                    assertThat(offsets(matcher, id))
                            .as("%s: %s in %s", seed, patterns.get(id), text)
                            .containsExactlyElementsOf(right);
                }
            }
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length); i >= 0; i--) {
            text.append("QqZ#\0".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    private static Pattern pattern(Random random) {
        Set<Pattern.Flag> flags = EnumSet.of(random.nextInt(4) == 0 ? Pattern.Flag.WIDE : Pattern.Flag.ASCII);
        if (random.nextInt(3) == 0) {
            flags.add(Pattern.Flag.NOCASE);
        }
        List<Expression> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            parts.add(part(random, 2));
        }
        return Pattern.of(new Expression.Sequence(parts), flags);
    }

    private static Expression part(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 6)) {
            case 0, 1 -> new Expression.Octets(text(random, 4));
            case 2 -> new Expression.OneOf(OctetSet.of('Q').with('Z', random.nextBoolean() ? 'Z' : 'q'));
            case 3 -> new Expression.Choice(List.of(part(random, depth - 1), part(random, depth - 1)));
            case 4 -> {
                int min = random.nextInt(3);
                int max = random.nextBoolean() ? Expression.UNBOUNDED : min + random.nextInt(3);
                yield new Expression.Repeat(part(random, depth - 1), min, max, random.nextBoolean());
            }
            default -> new Expression.Gap(random.nextInt(3), 3 + random.nextInt(3));
        };
    }

    @Test
    void partsAroundALongGapAreJoined() {
        PatternSetBuilder builder = new PatternSetBuilder();
        int id = builder.add(Pattern.of(new Expression.Sequence(
                List.of(new Expression.Octets("HEAD"), new Expression.Gap(1, 1_000), new Expression.Octets("TAIL")))));
        try (PatternMatcher matcher = builder.build(LITERALS).matcher()) {
            matcher.scan(content("HEADTAIL HEAD" + "x".repeat(1_001) + "HEAD TAIL TAIL"), deadline());
            assertThat(offsets(matcher, id)).containsExactly(1014);
            assertThat(matcher.length(id, 0)).isEqualTo(9);
        }
    }

    @Test
    void aFloodOfLiteralsIsBoundedAndHidesNothing() {
        PatternSetBuilder builder = new PatternSetBuilder();
        int flood = builder.add(Pattern.of(new Expression.Octets("#Q")));
        int masked = builder.add(Pattern.of(new Expression.Sequence(List.of(
                new Expression.Octets("#Q"),
                new Expression.OneOf(OctetSet.of('!').with('?', '?'))))));
        try (PatternMatcher matcher = builder.build(LITERALS).matcher()) {
            matcher.scan(content("#Q".repeat(1_300_000) + "#Q!"), deadline());
            assertThat(matcher.count(flood)).isEqualTo(PatternMatcher.MATCHES_MAX);
            assertThat(offsets(matcher, masked)).containsExactly(2_600_000);
            matcher.scan(content("nothing"), deadline());
            assertThat(matcher.matches(flood)).isFalse();
        }
    }

    @Test
    void whenTheTimeIsOverNothingMoreIsFound() {
        PatternSetBuilder builder = new PatternSetBuilder();
        int id = builder.add(Pattern.of(new Expression.Octets("\0\0")));
        try (PatternMatcher matcher = builder.build(LITERALS).matcher()) {
            matcher.scan(content("\0".repeat(100_000)), System.nanoTime() - 1);
            assertThat(matcher.count(id)).isLessThan(100_000);
            assertThat(matcher.isLate()).isTrue();
        }
    }

    @Test
    void namesAPostponedPatternAfterTheSearchOfItsStageOnly() {
        PatternSetBuilder builder = new PatternSetBuilder();
        int first = builder.add(Pattern.of(new Expression.Octets("found at first")));
        int later = builder.addToPostpone(Pattern.of(new Expression.Octets("found later on")));
        int never = builder.addToPostpone(Pattern.of(new Expression.Octets("never found")));
        int stage = builder.newStage();
        builder.postpone(first, stage);
        builder.postpone(later, stage);
        builder.postpone(never, stage);
        try (PatternMatcher matcher = builder.build(LITERALS).matcher()) {
            for (int round = 0; round < 2; round++) {
                matcher.scan(content("found later on, found at first"), deadline());
                assertThat(candidates(matcher)).containsExactly(first);
                matcher.search(stage);
                assertThat(candidates(matcher)).containsExactlyInAnyOrder(first, later);
                assertThat(matcher.matches(never)).isFalse();
                assertThat(offsets(matcher, later)).containsExactly(0);
            }
        }
    }

    private static List<Integer> candidates(PatternMatcher matcher) {
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < matcher.candidates(); i++) {
            candidates.add(matcher.candidate(i));
        }
        return candidates;
    }
}
