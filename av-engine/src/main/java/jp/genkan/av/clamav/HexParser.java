package jp.genkan.av.clamav;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.pattern.Expression;
import jp.genkan.av.pattern.OctetSet;

/**
 * Reads the bodies of signatures (docs.clamav.net, "Body-based Signature Content Format"): hexadecimal digits with {@code ??}, {@code a?},
 * {@code ?a}, {@code *}, {@code {n-m}}, {@code [n-m]}, {@code (aa|bb)}, {@code !(aa|bb)}, {@code (B)}, {@code (L)}, {@code (W)}.
 *
 * <p>Thread rule: one thread.
 */
final class HexParser {
    /** Parts of a body: octets, gaps, alternatives. The longest that are published have some hundred. */
    static final int PARTS_MAX = 4_096;

    private static final int NUMBER_MAX = 1 << 28;

    private static final OctetSet NEWLINE = OctetSet.of('\r').or(OctetSet.of('\n'));
    private static final OctetSet ALPHANUMERIC =
            OctetSet.NONE.with('0', '9').with('A', 'Z').with('a', 'z');

    private final String text;
    private final List<Expression> parts = new ArrayList<>();
    private final StringBuilder octets = new StringBuilder();
    private final List<Segment> segments = new ArrayList<>();
    private int gapBefore;
    private int at;

    private HexParser(String text) {
        this.text = text;
    }

    /**
     * A part of a body between gaps without an end.
     *
     * @param gap octets before it, at least
     * @param expression itself
     */
    record Segment(int gap, Expression expression) {}

    /** Reads a body without gaps that have no end. */
    private static Expression parse(String text) throws SignatureException {
        HexParser parser = new HexParser(text);
        Expression whole = parser.sequence();
        if (!parser.segments.isEmpty()) {
            throw new SignatureException("a gap without an end stands within alternatives");
        }
        return whole;
    }

    /** Reads a body; gaps without an end part it. */
    static List<Segment> segments(String text) throws SignatureException {
        HexParser parser = new HexParser(text);
        Expression last = parser.sequence();
        parser.segments.add(new Segment(parser.gapBefore, last));
        return parser.segments;
    }

    private Expression sequence() throws SignatureException {
        if (text.isEmpty()) {
            throw new SignatureException("the body is empty");
        }
        while (at < text.length()) {
            step();
            if (parts.size() + segments.size() > PARTS_MAX) {
                throw new SignatureException("the body has more than " + PARTS_MAX + " parts");
            }
        }
        return segment();
    }

    private Expression segment() throws SignatureException {
        flush();
        if (parts.stream().noneMatch(HexParser::isFixed)) {
            throw new SignatureException("the body has no octet that is fixed");
        }
        Expression segment = parts.size() == 1 ? parts.get(0) : new Expression.Sequence(parts);
        parts.clear();
        return segment;
    }

    private void endSegment(int gap) throws SignatureException {
        segments.add(new Segment(gapBefore, segment()));
        gapBefore = gap;
    }

    private static boolean isFixed(Expression part) {
        return part instanceof Expression.Octets
                || part instanceof Expression.Choice
                || part instanceof Expression.OneOf;
    }

    private void step() throws SignatureException {
        switch (text.charAt(at)) {
            case '*' -> {
                at++;
                endSegment(0);
            }
            case '{' -> gap('}');
            case '[' -> gap(']');
            case '(' -> alternatives(false);
            case '!' -> {
                at++;
                if (at == text.length() || text.charAt(at) != '(') {
                    throw new SignatureException("behind ! stands no (");
                }
                alternatives(true);
            }
            default -> octet();
        }
    }

    private void flush() {
        if (!octets.isEmpty()) {
            parts.add(new Expression.Octets(octets.toString()));
            octets.setLength(0);
        }
    }

    private void add(Expression part) {
        flush();
        parts.add(part);
    }

    private void octet() throws SignatureException {
        if (at + 2 > text.length()) {
            throw new SignatureException("an odd number of digits");
        }
        int mask = mask(text, at);
        int value = value(text, at);
        at += 2;
        if (mask == 0xff) {
            octets.append((char) value);
        } else {
            add(mask == 0 ? gap(1, 1) : new Expression.OneOf(OctetSet.masked(value, mask)));
        }
    }

    private static int mask(String text, int at) {
        return (text.charAt(at) == '?' ? 0 : 0xf0) | (text.charAt(at + 1) == '?' ? 0 : 0x0f);
    }

    private static int value(String text, int at) throws SignatureException {
        return digit(text.charAt(at)) << 4 | digit(text.charAt(at + 1));
    }

    private static int digit(char character) throws SignatureException {
        if (character == '?') {
            return 0;
        }
        int digit = character < 0x80 ? Character.digit(character, 16) : -1;
        if (digit < 0) {
            throw new SignatureException("'" + character + "' is no hexadecimal digit");
        }
        return digit;
    }

    private static Expression gap(int min, int max) {
        return new Expression.Repeat(new Expression.OneOf(OctetSet.ANY), min, max, true);
    }

    private void gap(char closing) throws SignatureException {
        int end = text.indexOf(closing, at);
        if (end < 0) {
            throw new SignatureException("a gap has no end");
        }
        String range = text.substring(at + 1, end);
        at = end + 1;
        int dash = range.indexOf('-');
        int min = dash < 0 ? number(range) : dash == 0 ? 0 : number(range.substring(0, dash));
        int max =
                dash < 0 ? min : dash == range.length() - 1 ? Expression.UNBOUNDED : number(range.substring(dash + 1));
        if (max < min) {
            throw new SignatureException("the gap {" + range + "} ends before it begins");
        }
        if (max == Expression.UNBOUNDED) {
            endSegment(min);
        } else if (max > 0) {
            add(gap(min, max));
        }
    }

    private static int number(String text) throws SignatureException {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= NUMBER_MAX) {
                return number;
            }
        } catch (NumberFormatException none) {
            // said below
        }
        throw new SignatureException("'" + text + "' is no length of a gap");
    }

    private void alternatives(boolean negated) throws SignatureException {
        int end = closing();
        String inside = text.substring(at + 1, end);
        boolean isFirst = parts.isEmpty() && octets.isEmpty();
        at = end + 1;
        switch (inside) {
            case "B" -> add(Expression.Assertion.WORD_BOUNDARY);
            case "L" ->
                add(new Expression.Choice(List.of(
                        isFirst ? Expression.Assertion.BEGIN : Expression.Assertion.END,
                        new Expression.OneOf(NEWLINE))));
            case "W" -> add(new Expression.OneOf(ALPHANUMERIC.not()));
            default -> add(negated ? noneOf(inside) : oneOf(inside));
        }
    }

    /** Where the bracket that is open is closed; brackets within are refused by what parses them. */
    private int closing() throws SignatureException {
        int end = text.indexOf(')', at);
        if (end < 0) {
            throw new SignatureException("a ( has no )");
        }
        if (text.lastIndexOf('(', end) != at) {
            throw new SignatureException("alternatives within alternatives are not supported");
        }
        return end;
    }

    private static Expression oneOf(String inside) throws SignatureException {
        List<Expression> ways = new ArrayList<>();
        OctetSet set = OctetSet.NONE;
        boolean single = true;
        for (String way : inside.split("\\|", -1)) {
            ways.add(parse(way));
            single &= way.length() == 2;
            if (single) {
                set = set.or(OctetSet.masked(value(way, 0), mask(way, 0)));
            }
        }
        return single ? new Expression.OneOf(set) : new Expression.Choice(ways);
    }

    private static Expression noneOf(String inside) throws SignatureException {
        if (oneOf(inside) instanceof Expression.OneOf one) {
            return new Expression.OneOf(one.set().not());
        }
        throw new SignatureException("!( ) with more than one octet is not supported");
    }
}
