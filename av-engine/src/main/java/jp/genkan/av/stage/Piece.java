package jp.genkan.av.stage;

import java.util.List;
import jp.genkan.av.harmless.Wire;
import jp.genkan.av.harmless.Wire.About;
import jp.genkan.av.harmless.Wire.Kind;

/**
 * Octets that are made harmless together, and where they lie among those of a hold: in one run mostly, a mail that came in chunks in several.
 *
 * <p>Thread rule: immutable.
 *
 * @param wire the octets
 * @param runs where they lie, in order; as many octets as {@code wire} has
 */
record Piece(Wire wire, List<Run> runs) {
    /** Some octets of a hold. */
    record Run(int from, int to) {}

    Piece {
        runs = List.copyOf(runs);
    }

    /** Octets of the hold's own array. */
    static Piece of(Wire wire) {
        return new Piece(wire, List.of(new Run(wire.from(), wire.to())));
    }

    /** Runs that belong together. */
    static Piece of(byte[] octets, List<Run> runs, Kind kind) {
        if (runs.size() == 1) {
            return of(new Wire(octets, runs.getFirst().from, runs.getFirst().to, kind, About.NOTHING));
        }
        int length = runs.stream().mapToInt(run -> run.to - run.from).sum();
        byte[] joined = new byte[length];
        int at = 0;
        for (Run run : runs) {
            System.arraycopy(octets, run.from, joined, at, run.to - run.from);
            at += run.to - run.from;
        }
        return new Piece(Wire.of(kind, joined), runs);
    }

    /** Whether it is all of a hold. */
    boolean isAll(byte[] octets) {
        return runs.size() == 1 && wire.length() == octets.length;
    }

    /** Puts other octets in its place, as many. */
    void put(byte[] others, byte[] into) {
        int at = 0;
        for (Run run : runs) {
            System.arraycopy(others, at, into, run.from, run.to - run.from);
            at += run.to - run.from;
        }
    }
}
