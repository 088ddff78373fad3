package jp.genkan.av.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A byte pattern with the modifiers of YARA's strings. Two patterns that are equal are looked for once.
 *
 * @param body what is looked for
 * @param flags how; one of ASCII and WIDE at least
 * @param xorFrom the first key the octets may be XORed with
 * @param xorTo the last one; both 0 for none. Other keys need a body of {@link Expression.Octets}
 */
public record Pattern(Expression body, Set<Flag> flags, int xorFrom, int xorTo) {
    /** How a body is looked for. */
    public enum Flag {
        /** As it stands. */
        ASCII,
        /** With a zero after each octet. */
        WIDE,
        /** ASCII letters in both cases. */
        NOCASE,
        /** No letter or digit before and after it. */
        FULLWORD
    }

    public Pattern {
        flags = Set.copyOf(flags);
        if (!flags.contains(Flag.ASCII) && !flags.contains(Flag.WIDE)) {
            throw new IllegalArgumentException("a pattern is ascii or wide or both");
        }
        if (xorFrom < 0 || xorTo < xorFrom || xorTo > 0xff) {
            throw new IllegalArgumentException("keys are 0 to 255");
        }
        if (xorTo > 0 && !(body instanceof Expression.Octets)) {
            throw new IllegalArgumentException("only plain octets are XORed");
        }
    }

    /** As it stands. */
    public static Pattern of(Expression body) {
        return new Pattern(body, Set.of(Flag.ASCII), 0, 0);
    }

    /** With flags; ASCII is not implied. */
    public static Pattern of(Expression body, Set<Flag> flags) {
        return new Pattern(body, flags, 0, 0);
    }

    /** Octets as they stand. */
    public static Pattern of(byte[] octets) {
        return of(new Expression.Octets(new String(octets, StandardCharsets.ISO_8859_1)));
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
