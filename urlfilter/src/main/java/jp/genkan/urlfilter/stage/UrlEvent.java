package jp.genkan.urlfilter.stage;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.urlfilter.site.Listing;

/**
 * A list names where a machine goes.
 *
 * @param epochNanos when
 * @param identity of the flow, from the machine to where it goes
 * @param isUrl true when the target is a URL, false when it is a host or an address
 * @param target in its normal form
 * @param listing that names it
 * @param isBlocked true when the visit was ended
 * @param seen where the name was seen
 */
record UrlEvent(
        long epochNanos,
        FlowIdentity identity,
        boolean isUrl,
        String target,
        Listing listing,
        boolean isBlocked,
        Seen seen)
        implements Event {
    @Override
    public String type() {
        return "url";
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("url");
        out.put(isUrl ? "url" : "host", target);
        out.put("category", listing.category());
        out.put("list", listing.list());
        out.put("action", isBlocked ? "blocked" : "logged");
        out.put("seen", seen.eveName());
        out.end();
    }
}
