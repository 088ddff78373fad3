package jp.genkan.av.clamav;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.pattern.Expression;
import jp.genkan.av.pattern.OctetSet;

/**
 * Reads the regular part of PCRE: octets, sets, groups, alternatives, repetitions, {@code ^ $ \b \B}. What needs backtracking (back references,
 * looking around) is refused, since hostile files make it slow.
 *
 * <p>Thread rule: one thread.
 */
final class PcreParser {
    /** Groups within groups; published expressions have four. */
    private static final int DEPTH_MAX = 32;

    private static final int REPEAT_MAX = 65_535;

    private static final OctetSet DIGIT = OctetSet.NONE.with('0', '9');
    private static final OctetSet WORD = DIGIT.with('A', 'Z').with('a', 'z').with('_', '_');
    private static final OctetSet SPACE = OctetSet.NONE.with('\t', '\r').with(' ', ' ');

    private final String text;
    private final boolean dotAll;
    private int at;
    private int depth;

    private PcreParser(String text, boolean dotAll) {
        this.text = text;
        this.dotAll = dotAll;
    }

    static Expression parse(String text, boolean dotAll) throws SignatureException {
        PcreParser parser = new PcreParser(text, dotAll);
        Expression whole = parser.choice();
        if (parser.at < text.length()) {
            throw new SignatureException("a ) has no ( in the expression");
        }
        return whole;
    }

    private boolean sees(char character) {
        return at < text.length() && text.charAt(at) == character;
    }

    private boolean takes(char character) {
        boolean seen = sees(character);
        at += seen ? 1 : 0;
        return seen;
    }

    private Expression choice() throws SignatureException {
        if (depth++ > DEPTH_MAX) {
            throw new SignatureException("more than " + DEPTH_MAX + " groups within groups");
        }
        List<Expression> ways = new ArrayList<>();
        do {
            ways.add(sequence());
        } while (takes('|'));
        depth--;
        return ways.size() == 1 ? ways.get(0) : new Expression.Choice(ways);
    }

    private Expression sequence() throws SignatureException {
        List<Expression> parts = new ArrayList<>();
        StringBuilder octets = new StringBuilder();
        while (at < text.length() && !sees('|') && !sees(')')) {
            Expression part = repeated(atom());
            if (part instanceof Expression.OneOf one && one.set().size() == 1) {
                octets.append((char) one.set().first());
            } else {
                flush(octets, parts);
                parts.add(part);
            }
        }
        flush(octets, parts);
        return parts.size() == 1 ? parts.get(0) : new Expression.Sequence(parts);
    }

    private static void flush(StringBuilder octets, List<Expression> parts) {
        if (!octets.isEmpty()) {
            parts.add(new Expression.Octets(octets.toString()));
            octets.setLength(0);
        }
    }

    private Expression repeated(Expression atom) throws SignatureException {
        int min;
        int max = Expression.UNBOUNDED;
        if (takes('*')) {
            min = 0;
        } else if (takes('+')) {
            min = 1;
        } else if (takes('?')) {
            min = 0;
            max = 1;
        } else if (sees('{') && text.substring(at).matches("(?s)\\{\\d{1,5}(,\\d{0,5})?\\}.*")) {
            int end = text.indexOf('}', at);
            String[] range = text.substring(at + 1, end).split(",", -1);
            at = end + 1;
            min = Integer.parseInt(range[0]);
            max = range.length == 1 ? min : range[1].isEmpty() ? max : Integer.parseInt(range[1]);
            if (max < min || min > REPEAT_MAX || max > REPEAT_MAX && max != Expression.UNBOUNDED) {
                throw new SignatureException("a repetition that is out of bounds");
            }
        } else {
            return atom;
        }
        if (atom instanceof Expression.Assertion) {
            throw new SignatureException("a place cannot be repeated");
        }
        boolean lazy = takes('?');
        // At the end of the expression nothing is left for which a possessive repetition would not give way.
        if (!lazy && takes('+') && at < text.length() || sees('*') || sees('?') || sees('+')) {
            throw new SignatureException("possessive repetitions are not supported but at the end");
        }
        return new Expression.Repeat(atom, min, max, lazy);
    }

    private Expression atom() throws SignatureException {
        char character = text.charAt(at++);
        return switch (character) {
            case '(' -> group();
            case '[' -> new Expression.OneOf(set());
            case '.' ->
                new Expression.OneOf(dotAll ? OctetSet.ANY : OctetSet.of('\n').not());
            case '^' -> Expression.Assertion.BEGIN;
            case '$' -> Expression.Assertion.END;
            case '\\' -> escape();
            case '*', '+', '?' -> throw new SignatureException("nothing stands before " + character);
            default -> new Expression.OneOf(OctetSet.of(character & 0xff));
        };
    }

    private Expression group() throws SignatureException {
        if (takes('?')) {
            if (sees('P') || sees('<') || sees('\'')) {
                int end = text.indexOf('>', at);
                boolean named = end > 0 && text.substring(at, end).matches("P?<[A-Za-z_]\\w*");
                if (!named) {
                    throw new SignatureException("looking around is not supported");
                }
                at = end + 1;
            } else if (!takes(':')) {
                throw new SignatureException("looking around and options in groups are not supported");
            }
        }
        Expression inside = choice();
        if (!takes(')')) {
            throw new SignatureException("a ( has no ) in the expression");
        }
        return inside;
    }

    private Expression escape() throws SignatureException {
        if (sees('b') || sees('B')) {
            return takes('b') ? Expression.Assertion.WORD_BOUNDARY : noBoundary();
        }
        if (takes('A')) {
            return Expression.Assertion.BEGIN;
        }
        if (takes('z') || takes('Z')) {
            return Expression.Assertion.END;
        }
        return new Expression.OneOf(escaped());
    }

    private Expression noBoundary() {
        at++;
        return Expression.Assertion.NO_WORD_BOUNDARY;
    }

    /** What stands behind a backslash, as a set. */
    private OctetSet escaped() throws SignatureException {
        if (at == text.length()) {
            throw new SignatureException("the expression ends with a backslash");
        }
        char character = text.charAt(at++);
        return switch (character) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.not();
            case 'w' -> WORD;
            case 'W' -> WORD.not();
            case 's' -> SPACE;
            case 'S' -> SPACE.not();
            case 'n' -> OctetSet.of('\n');
            case 'r' -> OctetSet.of('\r');
            case 't' -> OctetSet.of('\t');
            case 'f' -> OctetSet.of('\f');
            case 'v' -> OctetSet.of(0x0b);
            case 'a' -> OctetSet.of(0x07);
            case 'e' -> OctetSet.of(0x1b);
            case 'x' -> hex();
            case '0' -> OctetSet.of(0);
            default -> {
                if (Character.isLetterOrDigit(character)) {
                    throw new SignatureException("\\" + character + " is not supported");
                }
                yield OctetSet.of(character & 0xff);
            }
        };
    }

    private OctetSet hex() throws SignatureException {
        int value = 0;
        int digits = 0;
        while (digits < 2 && at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
            value = value << 4 | Character.digit(text.charAt(at++), 16);
            digits++;
        }
        if (digits == 0) {
            throw new SignatureException("\\x needs digits");
        }
        return OctetSet.of(value);
    }

    private OctetSet set() throws SignatureException {
        boolean negated = takes('^');
        OctetSet set = OctetSet.NONE;
        boolean first = true;
        while (first || !sees(']')) {
            first = false;
            if (at >= text.length()) {
                throw new SignatureException("a [ has no ]");
            }
            if (text.startsWith("[:", at)) {
                throw new SignatureException("named sets are not supported");
            }
            OctetSet member = member();
            if (sees('-') && at + 1 < text.length() && text.charAt(at + 1) != ']' && member.size() == 1) {
                at++;
                OctetSet last = member();
                if (last.size() != 1 || last.first() < member.first()) {
                    throw new SignatureException("a range of a set ends before it begins");
                }
                member = OctetSet.NONE.with(member.first(), last.first());
            }
            set = set.or(member);
        }
        at++;
        return negated ? set.not() : set;
    }

    private OctetSet member() throws SignatureException {
        if (takes('\\')) {
            if (takes('b')) {
                return OctetSet.of('\b');
            }
            return escaped();
        }
        return OctetSet.of(text.charAt(at++) & 0xff);
    }
}
