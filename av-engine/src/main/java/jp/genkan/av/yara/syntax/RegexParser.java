package jp.genkan.av.yara.syntax;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.pattern.Expression;
import jp.genkan.av.pattern.OctetSet;

/**
 * Reads regular expressions as YARA writes them.
 *
 * <p>Thread rule: one thread, one expression each.
 */
final class RegexParser {
    /** The largest number of a repetition, as in YARA. */
    private static final int REPEAT_MAX = 32_767;

    /** Groups within groups. */
    private static final int DEPTH_MAX = 64;

    private static final OctetSet DIGITS = OctetSet.NONE.with('0', '9');
    private static final OctetSet WORDS = DIGITS.with('a', 'z').with('A', 'Z').with('_', '_');
    private static final OctetSet SPACES = OctetSet.NONE.with(9, 13).with(' ', ' ');

    private final String text;
    private final boolean dotAll;
    private final boolean caseless;
    private int at;
    private boolean greedy;
    private boolean lazy;

    private RegexParser(String text, boolean caseless, boolean dotAll) {
        this.text = text;
        this.caseless = caseless;
        this.dotAll = dotAll;
    }

    /**
     * Reads one.
     *
     * @param caseless whether sets and octets are to have both cases already; not needed when the pattern says so
     * @throws IllegalArgumentException says what is wrong
     */
    static Expression parse(String text, boolean caseless, boolean dotAll) {
        RegexParser parser = new RegexParser(text, caseless, dotAll);
        Expression expression = parser.choice(0);
        if (parser.at < text.length()) {
            throw parser.wrong("unexpected ')'");
        }
        if (parser.greedy && parser.lazy) {
            throw parser.wrong("greedy and ungreedy quantifiers can't be mixed in a regular expression");
        }
        return expression;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("invalid regular expression: " + what);
    }

    private boolean isAtEnd() {
        return at >= text.length();
    }

    private char peek() {
        return isAtEnd() ? '\0' : text.charAt(at);
    }

    private Expression choice(int depth) {
        if (depth > DEPTH_MAX) {
            throw wrong("groups are nested too deep");
        }
        List<Expression> ways = new ArrayList<>();
        ways.add(sequence(depth));
        while (!isAtEnd() && peek() == '|') {
            at++;
            ways.add(sequence(depth));
        }
        return ways.size() == 1 ? ways.getFirst() : new Expression.Choice(ways);
    }

    private Expression sequence(int depth) {
        List<Expression> parts = new ArrayList<>();
        while (!isAtEnd() && peek() != '|' && peek() != ')') {
            parts.add(quantified(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Sequence(parts);
    }

    private Expression quantified(int depth) {
        Expression one = single(depth);
        if (isAtEnd()) {
            return one;
        }
        int min;
        int max;
        switch (peek()) {
            case '*' -> {
                min = 0;
                max = Expression.UNBOUNDED;
                at++;
            }
            case '+' -> {
                min = 1;
                max = Expression.UNBOUNDED;
                at++;
            }
            case '?' -> {
                min = 0;
                max = 1;
                at++;
            }
            case '{' -> {
                int[] interval = interval();
                if (interval.length == 0) {
                    return one;
                }
                min = interval[0];
                max = interval[1];
            }
            default -> {
                return one;
            }
        }
        boolean few = peek() == '?' && !isAtEnd();
        if (few) {
            at++;
        }
        if (one instanceof Expression.Assertion) {
            return one;
        }
        lazy |= few;
        greedy |= !few;
        if (min == 1 && max == 1) {
            return one;
        }
        return new Expression.Repeat(one, min, max, few);
    }

    /** Reads {@code {n,m}}; nothing when the brace is just a brace. */
    private int[] interval() {
        int end = text.indexOf('}', at);
        String inside = end < 0 ? "" : text.substring(at + 1, end);
        int comma = inside.indexOf(',');
        String low = comma < 0 ? inside : inside.substring(0, comma);
        String high = comma < 0 ? inside : inside.substring(comma + 1);
        boolean numbers =
                low.chars().allMatch(c -> c >= '0' && c <= '9') && high.chars().allMatch(c -> c >= '0' && c <= '9');
        if (inside.isEmpty() || !numbers) {
            return new int[0];
        }
        at = end + 1;
        int min = low.isEmpty() ? 0 : number(low);
        int max = high.isEmpty() ? Expression.UNBOUNDED : number(high);
        if (min > max) {
            throw wrong("bad repeat interval");
        }
        return new int[] {min, max};
    }

    private int number(String digits) {
        if (digits.length() > 5 || Integer.parseInt(digits) > REPEAT_MAX) {
            throw wrong("repeat interval too large");
        }
        return Integer.parseInt(digits);
    }

    private Expression single(int depth) {
        char c = peek();
        switch (c) {
            case '(' -> {
                at++;
                Expression group = choice(depth + 1);
                if (isAtEnd()) {
                    throw wrong("')' is missing");
                }
                at++;
                return group;
            }
            case '[' -> {
                return new Expression.OneOf(set());
            }
            case '.' -> {
                at++;
                return new Expression.OneOf(
                        dotAll ? OctetSet.ANY : OctetSet.of('\n').not());
            }
            case '^' -> {
                at++;
                return Expression.Assertion.BEGIN;
            }
            case '$' -> {
                at++;
                return Expression.Assertion.END;
            }
            case '*', '+', '?' -> throw wrong("nothing to repeat before '" + c + "'");
            case '\\' -> {
                return escape();
            }
            default -> {
                if (c == '{' && interval().length > 0) {
                    throw wrong("nothing to repeat before '{'");
                }
                at++;
                return octet(c);
            }
        }
    }

    private Expression octet(int value) {
        OctetSet set = OctetSet.of(value);
        return caseless && set.bothCases().size() > 1
                ? new Expression.OneOf(set.bothCases())
                : new Expression.Octets(String.valueOf((char) value));
    }

    private Expression escape() {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
        if (c == 'b' || c == 'B') {
            at += 2;
            return c == 'b' ? Expression.Assertion.WORD_BOUNDARY : Expression.Assertion.NO_WORD_BOUNDARY;
        }
        OctetSet set = escapedSet(c);
        if (!set.equals(OctetSet.NONE)) {
            at += 2;
            return new Expression.OneOf(set);
        }
        return octet(escapedOctet());
    }

    private static OctetSet escapedSet(char c) {
        return switch (c) {
            case 'w' -> WORDS;
            case 'W' -> WORDS.not();
            case 's' -> SPACES;
            case 'S' -> SPACES.not();
            case 'd' -> DIGITS;
            case 'D' -> DIGITS.not();
            default -> OctetSet.NONE;
        };
    }

    private int escapedOctet() {
        if (at + 1 >= text.length()) {
            throw wrong("it ends with a backslash");
        }
        char c = text.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'n' -> {
                return '\n';
            }
            case 't' -> {
                return '\t';
            }
            case 'r' -> {
                return '\r';
            }
            case 'f' -> {
                return '\f';
            }
            case 'a' -> {
                return 7;
            }
            case 'x' -> {
                int high = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
                int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
                if (high < 0 || low < 0) {
                    throw wrong("illegal escape sequence");
                }
                at += 2;
                return high * 16 + low;
            }
            default -> {
                return c;
            }
        }
    }

    /** Reads a class in brackets. */
    private OctetSet set() {
        at++;
        boolean not = peek() == '^' && !isAtEnd();
        if (not) {
            at++;
        }
        OctetSet set = OctetSet.NONE;
        boolean first = true;
        while (first || peek() != ']') {
            if (isAtEnd()) {
                throw wrong("']' is missing");
            }
            first = false;
            OctetSet escaped =
                    peek() == '\\' && at + 1 < text.length() ? escapedSet(text.charAt(at + 1)) : OctetSet.NONE;
            if (!escaped.equals(OctetSet.NONE)) {
                at += 2;
                set = set.or(escaped);
                continue;
            }
            int from = member();
            int to = from;
            if (peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                at++;
                to = member();
                if (to < from) {
                    throw wrong("bad character range");
                }
            }
            set = set.with(from, to);
        }
        at++;
        if (caseless) {
            set = set.bothCases();
        }
        return not ? set.not() : set;
    }

    private int member() {
        if (peek() == '\\') {
            return escapedOctet();
        }
        return text.charAt(at++);
    }
}
