package jp.genkan.literals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Literals and texts for tests, and the slow, obvious way to find the ones in the others. */
final class Literals {
    private Literals() {}

    static Literal exact(String text) {
        return new Literal(octets(text), false);
    }

    static Literal caseless(String text) {
        return new Literal(octets(text), true);
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Random octets of a small alphabet, so that literals are found, contain each other and repeat. */
    static byte[] random(Random random, int length, int alphabet) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) "aAbB\0\nz\\x\u00e9\u00ffCD|$^".charAt(random.nextInt(alphabet));
        }
        return octets;
    }

    static List<Literal> random(Random random, int count, int lengthMax, int alphabet) {
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!literals.isEmpty() && random.nextInt(10) == 0) {
                Literal again = literals.get(random.nextInt(literals.size()));
                literals.add(new Literal(again.octets(), random.nextBoolean()));
            } else {
                literals.add(
                        new Literal(random(random, 1 + random.nextInt(lengthMax), alphabet), random.nextBoolean()));
            }
        }
        return literals;
    }

    /** All ends of a literal in the octets, ascending. */
    static List<Integer> ends(Literal literal, byte[] octets) {
        List<Integer> ends = new ArrayList<>();
        for (int end = literal.length(); end <= octets.length; end++) {
            if (endsAt(literal, octets, end)) {
                ends.add(end);
            }
        }
        return ends;
    }

    private static boolean endsAt(Literal literal, byte[] octets, int end) {
        for (int i = 0; i < literal.length(); i++) {
            int wanted = literal.octet(i);
            int here = octets[end - literal.length() + i] & 0xff;
            if (literal.caseless() ? Literal.lowerCase(wanted) != Literal.lowerCase(here) : wanted != here) {
                return false;
            }
        }
        return true;
    }
}
