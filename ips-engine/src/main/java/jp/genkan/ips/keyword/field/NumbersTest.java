package jp.genkan.ips.keyword.field;

import java.util.Locale;
import java.util.Map;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of a list of numbers: {@code test}, {@code test,any}, {@code test,all}, {@code test,all1}, {@code test,-1} (counted from the end),
 * {@code test,nb>3} (how many pass).
 *
 * @param test of one number
 * @param which of them have to pass
 * @param index for {@link Which#AT}
 * @param count for {@link Which#COUNT}
 */
public record NumbersTest(
        NumberTest test, Which which, int index, @Nullable NumberTest count) {
    /** Which of the numbers have to pass. */
    public enum Which {
        /** At least one. */
        ANY,
        /** All; also when there are none. */
        ALL,
        /** All, and there is one. */
        ALL_AND_ONE,
        /** The one at a place. */
        AT,
        /** As many as the count says. */
        COUNT
    }

    /** Reads the value of an option. */
    public static NumbersTest parse(String text, Map<String, Long> names, RuleOption option) throws RuleException {
        int comma = text.indexOf(',');
        if (comma < 0) {
            return new NumbersTest(NumberTest.parse(text, names, option), Which.ANY, 0, null);
        }
        NumberTest test = NumberTest.parse(text.substring(0, comma), names, option);
        String rest = text.substring(comma + 1).strip().toLowerCase(Locale.ROOT);
        return switch (rest) {
            case "any" -> new NumbersTest(test, Which.ANY, 0, null);
            case "all" -> new NumbersTest(test, Which.ALL, 0, null);
            case "all1" -> new NumbersTest(test, Which.ALL_AND_ONE, 0, null);
            default -> placed(test, rest, option);
        };
    }

    private static NumbersTest placed(NumberTest test, String rest, RuleOption option) throws RuleException {
        if (rest.startsWith("nb")) {
            return new NumbersTest(test, Which.COUNT, 0, NumberTest.parse(rest.substring(2), Map.of(), option));
        }
        try {
            return new NumbersTest(test, Which.AT, Integer.parseInt(rest), null);
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + rest + "\" is neither any, all, all1, nb nor a place");
        }
    }

    /** Do the numbers pass? */
    public boolean test(long[] numbers) {
        if (which == Which.AT) {
            int at = index < 0 ? numbers.length + index : index;
            return at >= 0 && at < numbers.length && test.test(numbers[at]);
        }
        int passed = 0;
        for (long number : numbers) {
            if (test.test(number)) {
                passed++;
            }
        }
        return switch (which) {
            case ANY, AT -> passed > 0;
            case ALL -> passed == numbers.length;
            case ALL_AND_ONE -> passed == numbers.length && passed > 0;
            case COUNT -> count != null && count.test(passed);
        };
    }
}
