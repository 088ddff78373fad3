package jp.genkan.av.pattern;

import java.util.List;

/**
 * What a pattern looks for, as a tree: hex strings with masks and jumps, and regular expressions over octets.
 *
 * <p>Thread rule: immutable.
 */
public sealed interface Expression {
    /** A repetition without an upper bound. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /**
     * Octets one after the other.
     *
     * @param latin each character one octet; may be empty
     */
    record Octets(String latin) implements Expression {
        public Octets {
            for (int i = 0; i < latin.length(); i++) {
                if (latin.charAt(i) > 0xff) {
                    throw new IllegalArgumentException("a character is an octet");
                }
            }
        }
    }

    /** One octet of a set. */
    record OneOf(OctetSet set) implements Expression {}

    /**
     * Any octets, as few as possible: a jump of a hex string. What stands before a long one and behind it is looked for apart and joined
     * afterwards, so that it costs nothing.
     *
     * @param max {@link #UNBOUNDED} when there is none
     */
    record Gap(int min, int max) implements Expression {
        public Gap {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("a gap has 0 <= min <= max");
            }
        }
    }

    /** Parts one after the other. */
    record Sequence(List<Expression> parts) implements Expression {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of several; the first ones are preferred. */
    record Choice(List<Expression> ways) implements Expression {
        public Choice {
            ways = List.copyOf(ways);
        }
    }

    /**
     * A part several times.
     *
     * @param max {@link #UNBOUNDED} when there is none
     * @param lazy as few as possible are preferred
     */
    record Repeat(Expression part, int min, int max, boolean lazy) implements Expression {
        public Repeat {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("a repetition has 0 <= min <= max");
            }
        }
    }

    /** Takes no octet, but holds only at some places. */
    enum Assertion implements Expression {
        /** The first octet of all. */
        BEGIN,
        /** Behind the last octet of all. */
        END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY,
        /** As {@link #WORD_BOUNDARY}, in text with a zero after each octet. */
        WIDE_WORD_BOUNDARY,
        WIDE_NO_WORD_BOUNDARY
    }
}
