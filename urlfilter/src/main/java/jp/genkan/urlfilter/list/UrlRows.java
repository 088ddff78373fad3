package jp.genkan.urlfilter.list;

import jp.genkan.urlfilter.site.SiteQuery;

/**
 * A URL a line. One without path and query means its host, and not what is below it: lists of URLs name each host that they mean, and a third
 * of them lie on free hosting.
 */
final class UrlRows implements Rows {
    private final SiteQuery site = new SiteQuery();
    private final RowSink sink;
    private final SiteScope scope;

    /**
     * Rows of URLs.
     *
     * @param scope what a row with a path takes in
     */
    UrlRows(RowSink sink, SiteScope scope) {
        this.sink = sink;
        this.scope = scope;
    }

    @Override
    public void line(byte[] text, int from, int to, long number) {
        int begin = LineText.skipBlanks(text, from, to);
        if (!LineText.isRemark(text, begin, to)) {
            url(text, begin, LineText.trimBlanks(text, begin, to), number);
        }
    }

    /** Takes one URL. */
    void url(byte[] text, int from, int to, long number) {
        if (!site.text(text, LineText.skipWideBlanks(text, from, to), to)) {
            sink.problem(number, "no URL with a host: " + LineText.quote(text, from, to));
        } else if (site.isWholeHost()) {
            sink.site(site, scope == SiteScope.PATHS ? SiteScope.CATEGORY_DOMAIN : SiteScope.HOST);
        } else if (!site.target().isWhole()) {
            sink.problem(number, "longer than " + SiteQuery.TARGET_MAX + " octets: " + LineText.quote(text, from, to));
        } else {
            sink.site(site, scope);
        }
    }
}
