package jp.genkan.av.yara.syntax;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.pattern.Expression;
import jp.genkan.av.pattern.OctetSet;

/**
 * Reads hex strings: octets, masked nibbles, jumps, alternatives.
 *
 * <p>Thread rule: one thread, one string each.
 */
final class HexParser {
    /** Alternatives within alternatives: nobody writes more than three. */
    private static final int DEPTH_MAX = 32;

    private final String body;
    private int at;

    private HexParser(String body) {
        this.body = body;
    }

    /**
     * Reads one.
     *
     * @param body what stands between the braces, without blanks and comments
     * @throws IllegalArgumentException says what is wrong
     */
    static Expression parse(String body) {
        HexParser parser = new HexParser(body);
        Expression expression = parser.sequence(0);
        if (parser.at < body.length()) {
            throw new IllegalArgumentException("invalid hex string: unexpected '" + body.charAt(parser.at) + "'");
        }
        return expression;
    }

    private char peek() {
        return at < body.length() ? body.charAt(at) : '\0';
    }

    private Expression sequence(int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("invalid hex string: alternatives are nested too deep");
        }
        List<Expression> parts = new ArrayList<>();
        while (at < body.length() && peek() != ')' && peek() != '|') {
            switch (peek()) {
                case '(' -> parts.add(alternatives(depth));
                case '[' -> {
                    if (parts.isEmpty()) {
                        throw new IllegalArgumentException("invalid hex string: it begins with a jump");
                    }
                    parts.add(jump(depth));
                }
                default -> parts.add(octet());
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("invalid hex string: empty");
        }
        if (parts.getLast() instanceof Expression.Gap) {
            throw new IllegalArgumentException("invalid hex string: it ends with a jump");
        }
        return new Expression.Sequence(parts);
    }

    private Expression alternatives(int depth) {
        List<Expression> ways = new ArrayList<>();
        do {
            at++;
            ways.add(sequence(depth + 1));
        } while (peek() == '|');
        if (peek() != ')') {
            throw new IllegalArgumentException("invalid hex string: ')' is missing");
        }
        at++;
        return ways.size() == 1 ? ways.getFirst() : new Expression.Choice(ways);
    }

    private Expression jump(int depth) {
        int end = body.indexOf(']', at);
        if (end < 0) {
            throw new IllegalArgumentException("invalid hex string: ']' is missing");
        }
        String inside = body.substring(at + 1, end);
        at = end + 1;
        int dash = inside.indexOf('-');
        int min = dash == 0 ? 0 : number(dash < 0 ? inside : inside.substring(0, dash), inside);
        int max = dash < 0
                ? min
                : dash == inside.length() - 1 ? Expression.UNBOUNDED : number(inside.substring(dash + 1), inside);
        if (max < min) {
            throw new IllegalArgumentException("invalid hex string: jump [" + inside + "] ends before it begins");
        }
        if (dash < 0 && min == 0) {
            throw new IllegalArgumentException("invalid hex string: jump [0]");
        }
        if (depth > 0 && max > 200) {
            throw new IllegalArgumentException("invalid hex string: a long jump in an alternative");
        }
        return new Expression.Gap(min, max);
    }

    private static int number(String digits, String jump) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("invalid hex string: jump [" + jump + "]", wrong);
        }
    }

    private Expression octet() {
        boolean not = peek() == '~';
        if (not) {
            at++;
        }
        int high = nibble();
        int low = nibble();
        int mask = (high < 0 ? 0 : 0xf0) | (low < 0 ? 0 : 0x0f);
        OctetSet set = OctetSet.masked(Math.max(high, 0) << 4 | Math.max(low, 0), mask);
        if (not && mask == 0) {
            throw new IllegalArgumentException("invalid hex string: ~?? is nothing");
        }
        return new Expression.OneOf(not ? set.not() : set);
    }

    private int nibble() {
        char c = peek();
        int digit = c == '?' ? -1 : Character.digit(c, 16);
        if (c != '?' && digit < 0) {
            throw new IllegalArgumentException(
                    c == '\0' ? "invalid hex string: half an octet" : "invalid hex string: unexpected '" + c + "'");
        }
        at++;
        return digit;
    }
}
