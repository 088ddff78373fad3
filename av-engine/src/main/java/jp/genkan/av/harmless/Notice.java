package jp.genkan.av.harmless;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What an explanation says besides what was found and in what.
 *
 * @param at when the file was taken out
 * @param zone in which that is told
 * @param box the name by which the owner knows the box
 */
public record Notice(Instant at, ZoneId zone, String box) {
    /** Longest name of a box that is told. */
    public static final int BOX_CHARS_MAX = 40;

    public Notice {
        if (box.isBlank() || box.length() > BOX_CHARS_MAX) {
            throw new IllegalArgumentException("a box has a name of up to " + BOX_CHARS_MAX + " characters");
        }
    }
}
