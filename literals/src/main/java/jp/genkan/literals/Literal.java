package jp.genkan.literals;

import java.util.Arrays;

/**
 * Octets to look for, of any value.
 *
 * @param octets 1 to {@value #OCTETS_MAX}
 * @param caseless whether ASCII letters stand for both cases
 */
@SuppressWarnings("ArrayRecordComponent") // copied on both ways; two literals are equal when their octets are
public record Literal(byte[] octets, boolean caseless) {
    /** As long as a content of a rule can be, as in Suricata. */
    public static final int OCTETS_MAX = 255;

    public Literal {
        if (octets.length == 0 || octets.length > OCTETS_MAX) {
            throw new IllegalArgumentException("a literal has 1 to " + OCTETS_MAX + " octets, not " + octets.length);
        }
        octets = octets.clone();
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    int length() {
        return octets.length;
    }

    /** One octet, without the copy that {@link #octets()} makes. */
    int octet(int index) {
        return octets[index] & 0xff;
    }

    /** The one of the literals with the same meaning that stands for all of them: lower case, and caseless only if that changes anything. */
    Literal canonical() {
        if (!caseless) {
            return this;
        }
        byte[] folded = octets.clone();
        boolean letters = false;
        for (int i = 0; i < folded.length; i++) {
            folded[i] = (byte) lowerCase(folded[i] & 0xff);
            letters |= folded[i] >= 'a' && folded[i] <= 'z';
        }
        return new Literal(folded, letters);
    }

    /** ASCII only: other letters are what they are in every encoding. */
    static int lowerCase(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Literal literal
                && caseless == literal.caseless
                && Arrays.equals(octets, literal.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets) * 2 + (caseless ? 1 : 0);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\"");
        for (byte octet : octets) {
            if (octet >= ' ' && octet <= '~' && octet != '|' && octet != '"') {
                text.append((char) octet);
            } else {
                text.append(String.format("|%02x|", octet & 0xff));
            }
        }
        return text.append(caseless ? "\" nocase" : "\"").toString();
    }
}
