package jp.genkan.av.harmless;

import java.util.List;

/**
 * What came of making octets harmless.
 *
 * @param state what it is
 * @param octets in place of those that were given, exactly as many; empty when it is impossible
 * @param replaced files that were replaced, the first {@value #REPLACED_MAX}
 */
@SuppressWarnings("ArrayRecordComponent") // octets are handed over, not compared
public record Outcome(State state, byte[] octets, List<Replaced> replaced) {
    /** Files that are told. */
    public static final int REPLACED_MAX = 64;

    /** What became of the octets. */
    public enum State {
        /** Nothing is infected; they are unchanged. */
        CLEAN,
        /** What was infected is replaced, and nothing infected is left. */
        HARMLESS,
        /** They cannot be made harmless at this length: the connection has to be cut. */
        IMPOSSIBLE
    }

    /** Nothing can be done. */
    public static final Outcome IMPOSSIBLE = new Outcome(State.IMPOSSIBLE, new byte[0], List.of());

    public Outcome {
        replaced =
                replaced.size() > REPLACED_MAX ? List.copyOf(replaced.subList(0, REPLACED_MAX)) : List.copyOf(replaced);
    }
}
