package jp.genkan.access.isolation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One machine that is cut off.
 *
 * @param serial grows with each isolation, so that flows tell about each one once
 * @param target what the operator named
 * @param mac the MAC address that is cut off, the target's own or the one that had the address at that time; 0 when unknown
 * @param name the machine's name at that time, empty when unknown
 * @param since when it began
 * @param until when it ends by itself; null when only {@code release} ends it
 * @param by who asked for it
 * @param reason why, in the operator's words
 */
public record Isolation(
        long serial,
        IsolationTarget target,
        long mac,
        String name,
        Instant since,
        @Nullable Instant until,
        String by,
        String reason) {
    /** True when its time is over. */
    public boolean isOverAt(Instant now) {
        Instant end = until;
        return end != null && !now.isBefore(end);
    }
}
