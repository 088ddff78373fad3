package jp.genkan.urlfilter.stage;

import jp.genkan.core.event.DropCause;
import jp.genkan.core.event.EveFields;
import jp.genkan.urlfilter.site.Listing;

/**
 * The list for which a packet was dropped.
 *
 * @param listing which
 */
record UrlCause(Listing listing) implements DropCause {
    @Override
    public void writeAlert(EveFields out) {
        out.put("action", "blocked");
        out.put("signature", "URL filter: " + listing.list());
        out.put("category", listing.category());
    }
}
