package jp.genkan.urlfilter.list;

import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.site.SiteQuery;

/** Takes the rows of a list. Thread rule: the reader's thread. */
public interface RowSink {
    /** Takes a host or URL; it is valid inside the call only. */
    void site(SiteQuery site, SiteScope scope);

    /**
     * Takes a run of addresses.
     *
     * @param line where it stands
     */
    void addresses(AddressRange range, long line);

    /**
     * Takes note of a row that cannot be used.
     *
     * @param line its number from 1, or 0 when the whole file is meant
     */
    void problem(long line, String reason);
}
