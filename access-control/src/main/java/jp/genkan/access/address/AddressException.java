package jp.genkan.access.address;

import java.time.Instant;
import jp.genkan.core.frame.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are never to be blocked, whatever the lists say.
 *
 * @param range which addresses
 * @param until when the exception ends; null for never
 * @param by who asked for it, for the log
 */
public record AddressException(AddressRange range, @Nullable Instant until, String by) {
    /** True while the exception holds at this time. */
    public boolean holdsAt(Instant now) {
        Instant end = until;
        return end == null || now.isBefore(end);
    }
}
