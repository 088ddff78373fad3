package jp.genkan.urlfilter.own;

import java.time.Instant;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.site.SiteQuery;
import org.jspecify.annotations.Nullable;

/**
 * A site that no list may log or block.
 *
 * @param site a host with what is below it, or a URL with a path, which then is meant alone
 * @param machines who may go there; null for everybody
 * @param until when the exception ends; null for never
 * @param by who asked for it
 * @param reason why
 */
public record SiteException(
        String site,
        @Nullable AddressRange machines,
        @Nullable Instant until,
        String by,
        String reason) {
    public SiteException {
        if (!new SiteQuery().text(site)) {
            throw new IllegalArgumentException("'" + site + "' is neither a host nor a URL");
        }
    }

    /** True while the exception holds at this time. */
    public boolean holdsAt(Instant now) {
        Instant end = until;
        return end == null || now.isBefore(end);
    }
}
