package jp.genkan.ips.keyword.number;

import java.util.Map;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * Which of several numbers a test has to hold for, as Suricata's multi-integers spell it: {@code any} (also when nothing is said), {@code all}, {@code all_or_absent},
 * {@code or_absent}, {@code nb>3} (so many of them), a place from the begin or, negative, from the end, {@code oob_or 3} (that place, or there is none such).
 *
 * @param kind which
 * @param place of one number
 * @param count how many have to pass
 * @param from first number that counts; negative from the end
 * @param to behind the last one; negative from the end
 */
record IndexTest(Kind kind, int place, @Nullable NumberTest count, int from, int to) {
    /** Behind the last number, however many there are. */
    private static final int END = Integer.MAX_VALUE;

    private static final int PLACE_MAX = 65_535;

    /** Which numbers. */
    enum Kind {
        ANY,
        ALL,
        ALL_OR_ABSENT,
        OR_ABSENT,
        COUNT,
        PLACE,
        PLACE_OR_ABSENT
    }

    /** Says whether the number at a place passes. */
    @FunctionalInterface
    interface Passes {
        boolean at(int place);
    }

    /** Any of all. */
    static final IndexTest ANY = of(Kind.ANY, 0, null);

    private static IndexTest of(Kind kind, int place, @Nullable NumberTest count) {
        return new IndexTest(kind, place, count, 0, END);
    }

    /** Reads the words behind the number's test. */
    static IndexTest parse(String[] words, int first, RuleOption option) throws RuleException {
        IndexTest test = ANY;
        for (int i = first; i < words.length; i++) {
            String word = words[i].strip();
            int colon = word.indexOf(':');
            if (colon >= 0) {
                int from = colon == 0 ? 0 : number(word.substring(0, colon), option);
                int to = colon + 1 == word.length() ? END : number(word.substring(colon + 1), option);
                test = new IndexTest(test.kind, test.place, test.count, from, to);
            } else {
                test = index(word, option);
            }
        }
        return test;
    }

    private static IndexTest index(String word, RuleOption option) throws RuleException {
        return switch (word) {
            case "any" -> ANY;
            case "all", "all1" -> of(Kind.ALL, 0, null);
            case "all_or_absent" -> of(Kind.ALL_OR_ABSENT, 0, null);
            case "or_absent" -> of(Kind.OR_ABSENT, 0, null);
            default -> {
                if (word.startsWith("nb")) {
                    yield of(Kind.COUNT, 0, NumberTest.parse(word.substring(2), Map.of(), option));
                }
                if (word.startsWith("oob_or")) {
                    yield of(Kind.PLACE_OR_ABSENT, number(word.substring("oob_or".length()), option), null);
                }
                yield of(Kind.PLACE, number(word, option), null);
            }
        };
    }

    private static int number(String word, RuleOption option) throws RuleException {
        try {
            int number = Integer.parseInt(word.strip());
            if (Math.abs((long) number) <= PLACE_MAX) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue(
                "\"" + word.strip() + "\" is no index: any, all, all_or_absent, or_absent, nb, oob_or or a number");
    }

    /** Does it hold for so many numbers? */
    boolean test(int size, Passes passes) {
        int first = from < 0 ? size + from : from;
        int behind = to == END ? size : to < 0 ? size + to : to;
        if (first < 0 || behind > size || behind < first) {
            first = 0;
            behind = 0;
        }
        return switch (kind) {
            case ANY -> passed(first, behind, passes) > 0;
            case OR_ABSENT -> behind == first || passed(first, behind, passes) > 0;
            case ALL -> behind > first && passed(first, behind, passes) == behind - first;
            case ALL_OR_ABSENT -> passed(first, behind, passes) == behind - first;
            case COUNT -> count != null && count.test(passed(first, behind, passes));
            case PLACE, PLACE_OR_ABSENT -> {
                int at = place < 0 ? behind + place : first + place;
                yield at >= first && at < behind ? passes.at(at) : kind == Kind.PLACE_OR_ABSENT;
            }
        };
    }

    private static int passed(int from, int to, Passes passes) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (passes.at(i)) {
                count++;
            }
        }
        return count;
    }
}
