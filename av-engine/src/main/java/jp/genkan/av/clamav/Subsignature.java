package jp.genkan.av.clamav;

import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.pattern.PatternMatcher;

/** One part of a signature: says how often it matches. */
sealed interface Subsignature {
    /**
     * How often it matches.
     *
     * @param others the counts of the signature's other parts; only of those before it may be asked
     */
    int count(Match match, Logic.Counts others);

    /** The pattern it is about; -1 when it has none. */
    int pattern();

    /** What a signature is decided on. */
    record Match(PatternMatcher patterns, Program program, Content content) {}

    /**
     * A body.
     *
     * @param first the pattern it begins with
     * @param place where it may begin
     * @param rest what follows behind gaps without an end
     */
    record Body(int first, Place place, List<Follower> rest) implements Subsignature {
        public Body {
            rest = List.copyOf(rest);
        }

        @Override
        public int pattern() {
            return first;
        }

        @Override
        public int count(Match match, Logic.Counts others) {
            if (rest.isEmpty()) {
                return place.count(first, match.patterns(), match.program());
            }
            PatternMatcher patterns = match.patterns();
            int found = 0;
            for (int i = 0; i < patterns.count(first); i++) {
                long begin = patterns.offset(first, i);
                if (place.allows(begin, match.program()) && follows(patterns, begin + patterns.length(first, i))) {
                    found++;
                }
            }
            return found;
        }

        private boolean follows(PatternMatcher patterns, long from) {
            long end = from;
            for (Follower follower : rest) {
                int index = follower.firstFrom(patterns, end);
                if (index < 0) {
                    return false;
                }
                end = (long) patterns.offset(follower.pattern(), index) + patterns.length(follower.pattern(), index);
            }
            return true;
        }
    }

    /**
     * A pattern behind a gap without an end.
     *
     * @param pattern its number in the set
     * @param gap octets before it, at least
     */
    record Follower(int pattern, int gap) {
        /** The first match that far behind an offset; -1 when there is none. */
        int firstFrom(PatternMatcher patterns, long end) {
            int low = 0;
            int high = patterns.count(pattern);
            int count = high;
            while (low < high) {
                int middle = low + high >>> 1;
                if (patterns.offset(pattern, middle) < end + gap) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low < count ? low : -1;
        }
    }

    /**
     * A regular expression that is looked for when others were found.
     *
     * @param pattern its number in the set
     * @param place where it may begin
     * @param trigger what has to be true before
     * @param all whether every match counts
     */
    record Expression(int pattern, Place place, Logic trigger, boolean all) implements Subsignature {
        @Override
        public int count(Match match, Logic.Counts others) {
            if (!trigger.evaluate(others).isTrue()) {
                return 0;
            }
            int count = place.count(pattern, match.patterns(), match.program());
            return all ? count : Math.min(count, 1);
        }
    }

    /**
     * A number in the file, near a match of another part.
     *
     * @param trigger the other part
     * @param near its pattern
     * @param comparison what is read and compared
     */
    record NearNumber(int trigger, int near, ByteComparison comparison) implements Subsignature {
        @Override
        public int count(Match match, Logic.Counts others) {
            if (others.count(trigger) == 0 || near < 0) {
                return 0;
            }
            for (int i = 0; i < match.patterns().count(near); i++) {
                if (comparison.holds(match.content(), match.patterns().offset(near, i))) {
                    return 1;
                }
            }
            return 0;
        }

        @Override
        public int pattern() {
            return -1;
        }
    }
}
