package jp.genkan.ips.keyword.number;

import java.util.Locale;
import java.util.Map;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of a number, as Suricata's unsigned integer keywords spell it: {@code 5}, {@code =5}, {@code !5}, {@code !=5}, {@code >5}, {@code >=5}, {@code <5}, {@code <=5}, {@code 5-9} and
 * {@code 5<>9} (both without the ends), {@code !5-9}, {@code &0x40}, {@code &0x40=0x40}, {@code !&0x40}; decimal, hexadecimal with {@code 0x}, units {@code kb}, {@code mb}, {@code gb}, and names
 * where the keyword has some.
 *
 * @param kind of comparison
 * @param first operand
 * @param second operand of ranges and of masked comparisons
 */
public record NumberTest(Kind kind, long first, long second) {
    private static final int HEXADECIMAL = 16;
    private static final long KILO = 1024;

    /** How the number is compared. Numbers are unsigned. */
    public enum Kind {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        /** Between the two, both excluded. */
        BETWEEN,
        NOT_BETWEEN,
        /** At least one bit of the mask is set. */
        MASK,
        NO_MASK,
        /** The masked number equals the second operand. */
        MASKED_EQUAL
    }

    /** Reads the value of an option that has only this number. */
    public static NumberTest of(RuleOption option) throws RuleException {
        return parse(option.unquoted(), Map.of(), option);
    }

    /**
     * Reads a number test.
     *
     * @param names in lower case, for keywords whose numbers have names
     */
    public static NumberTest parse(String text, Map<String, Long> names, RuleOption option) throws RuleException {
        String rest = text.strip();
        if (rest.startsWith("!&")) {
            return new NumberTest(Kind.NO_MASK, number(rest.substring(2), names, option), 0);
        }
        if (rest.startsWith("&")) {
            return masked(rest.substring(1), names, option);
        }
        if (rest.startsWith("!=")) {
            return new NumberTest(Kind.NOT_EQUAL, number(rest.substring(2), names, option), 0);
        }
        boolean not = rest.startsWith("!");
        if (not) {
            rest = rest.substring(1).strip();
        }
        NumberTest test = plain(rest, names, option);
        return not ? test.negated(option) : test;
    }

    private static NumberTest masked(String text, Map<String, Long> names, RuleOption option) throws RuleException {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new NumberTest(Kind.MASK, number(text, names, option), 0);
        }
        long mask = number(text.substring(0, equals), names, option);
        return new NumberTest(Kind.MASKED_EQUAL, mask, number(text.substring(equals + 1), names, option));
    }

    private static NumberTest plain(String text, Map<String, Long> names, RuleOption option) throws RuleException {
        int between = text.indexOf("<>");
        if (between > 0) {
            return range(text.substring(0, between), text.substring(between + 2), names, option);
        }
        if (text.startsWith("<=")) {
            return new NumberTest(Kind.LESS_OR_EQUAL, number(text.substring(2), names, option), 0);
        }
        if (text.startsWith(">=")) {
            return new NumberTest(Kind.GREATER_OR_EQUAL, number(text.substring(2), names, option), 0);
        }
        if (text.startsWith("<")) {
            return new NumberTest(Kind.LESS, number(text.substring(1), names, option), 0);
        }
        if (text.startsWith(">")) {
            return new NumberTest(Kind.GREATER, number(text.substring(1), names, option), 0);
        }
        if (text.startsWith("=")) {
            return new NumberTest(Kind.EQUAL, number(text.substring(1), names, option), 0);
        }
        int dash = text.indexOf('-');
        if (dash > 0 && Character.isDigit(text.charAt(0)) && find(text, names) == null) {
            return range(text.substring(0, dash), text.substring(dash + 1), names, option);
        }
        return new NumberTest(Kind.EQUAL, number(text, names, option), 0);
    }

    private static NumberTest range(String low, String high, Map<String, Long> names, RuleOption option)
            throws RuleException {
        long first = number(low, names, option);
        long second = number(high, names, option);
        if (Long.compareUnsigned(first, second) >= 0) {
            throw option.badValue("the range " + low.strip() + " to " + high.strip() + " is empty");
        }
        return new NumberTest(Kind.BETWEEN, first, second);
    }

    private NumberTest negated(RuleOption option) throws RuleException {
        Kind other = switch (kind) {
            case EQUAL -> Kind.NOT_EQUAL;
            case BETWEEN -> Kind.NOT_BETWEEN;
            case LESS -> Kind.GREATER_OR_EQUAL;
            case GREATER -> Kind.LESS_OR_EQUAL;
            case LESS_OR_EQUAL -> Kind.GREATER;
            case GREATER_OR_EQUAL -> Kind.LESS;
            default -> throw option.badValue("cannot be negated");
        };
        return new NumberTest(other, first, second);
    }

    private static @Nullable Long find(String text, Map<String, Long> names) {
        return names.get(text.strip().toLowerCase(Locale.ROOT));
    }

    private static long number(String text, Map<String, Long> names, RuleOption option) throws RuleException {
        String word = text.strip().toLowerCase(Locale.ROOT);
        Long named = names.get(word);
        if (named != null) {
            return named;
        }
        try {
            if (word.startsWith("0x")) {
                return Long.parseUnsignedLong(word.substring(2), HEXADECIMAL);
            }
            for (int i = 0; i < UNITS.length; i++) {
                if (word.endsWith(UNITS[i])) {
                    long scale = i == 0 ? KILO : i == 1 ? KILO * KILO : KILO * KILO * KILO;
                    return Math.multiplyExact(
                            Long.parseUnsignedLong(word.substring(0, word.length() - UNITS[i].length())
                                    .strip()),
                            scale);
                }
            }
            return Long.parseUnsignedLong(word);
        } catch (NumberFormatException | ArithmeticException notANumber) {
            throw option.badValue("\"" + text.strip() + "\" is no number");
        }
    }

    private static final String[] UNITS = {"kb", "mb", "gb"};

    /** Does the number pass? */
    public boolean test(long number) {
        return switch (kind) {
            case EQUAL -> number == first;
            case NOT_EQUAL -> number != first;
            case LESS -> Long.compareUnsigned(number, first) < 0;
            case LESS_OR_EQUAL -> Long.compareUnsigned(number, first) <= 0;
            case GREATER -> Long.compareUnsigned(number, first) > 0;
            case GREATER_OR_EQUAL -> Long.compareUnsigned(number, first) >= 0;
            case BETWEEN -> Long.compareUnsigned(number, first) > 0 && Long.compareUnsigned(number, second) < 0;
            case NOT_BETWEEN -> Long.compareUnsigned(number, first) <= 0 || Long.compareUnsigned(number, second) >= 0;
            case MASK -> (number & first) != 0;
            case NO_MASK -> (number & first) == 0;
            case MASKED_EQUAL -> (number & first) == second;
        };
    }
}
