package jp.genkan.av.harmless;

import java.util.Arrays;
import java.util.List;
import jp.genkan.av.scan.ScanResult;

/**
 * Makes octets of a transfer harmless.
 *
 * <p>Thread rule: no state, any thread; each call uses its judge.
 */
public final class Neutraliser {
    /** Most octets that are taken at once: what a stream is held for at most. */
    public static final int OCTETS_MAX = 64 << 20;

    /**
     * Replaces what is infected.
     *
     * @param wire not changed
     * @param judge asked about each file, and about all of it again afterwards
     * @param notice for the explanations
     */
    public Outcome neutralise(Wire wire, Judge judge, Notice notice) {
        if (wire.length() > OCTETS_MAX) {
            return Outcome.IMPOSSIBLE;
        }
        ScanResult result =
                judge.look(wire.octets(), wire.from(), wire.to(), wire.about().name(), List.of(), List.of());
        return result.infection() == null
                ? new Outcome(Outcome.State.CLEAN, Arrays.copyOfRange(wire.octets(), wire.from(), wire.to()), List.of())
                : Outcome.IMPOSSIBLE;
    }
}
