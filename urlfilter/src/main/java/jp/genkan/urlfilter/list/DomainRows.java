package jp.genkan.urlfilter.list;

import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.site.SiteQuery;

/** A name a line, with {@code *.} or a dot before it where subdomains are meant expressly; addresses and networks too. */
final class DomainRows implements Rows {
    private final SiteQuery site = new SiteQuery();
    private final RowSink sink;
    private final SiteScope scope;

    DomainRows(RowSink sink, SiteScope scope) {
        this.sink = sink;
        this.scope = scope;
    }

    @Override
    public void line(byte[] text, int from, int to, long number) {
        int begin = LineText.skipBlanks(text, from, to);
        if (LineText.isRemark(text, begin, to)) {
            return;
        }
        int end = LineText.wordEnd(text, begin, to);
        SiteScope wanted = scope;
        int at = begin;
        if (LineText.startsWith(text, at, end, "*.")) {
            wanted = SiteScope.WHOLE_DOMAIN;
            at += 2;
        } else if (end - at > 1 && text[at] == '.') {
            wanted = SiteScope.WHOLE_DOMAIN;
            at++;
        }
        int behind = LineText.skipBlanks(text, end, to);
        if (behind < to && text[behind] != '#') {
            sink.problem(number, "more than one word: " + LineText.quote(text, begin, to));
        } else if (isNetwork(text, at, end)) {
            network(LineText.text(text, at, end), number);
        } else if (!site.text(text, at, end)) {
            sink.problem(number, "not a host: " + LineText.quote(text, begin, end));
        } else {
            sink.site(site, site.isWholeHost() ? wanted : SiteScope.PAGE);
        }
    }

    private static boolean isNetwork(byte[] text, int from, int to) {
        int slash = LineText.indexOf(text, from, to, '/');
        if (slash < 0 || to - slash > 4 || slash + 1 == to) {
            return false;
        }
        for (int i = slash + 1; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        for (int i = from; i < slash; i++) {
            if (Character.digit(text[i], 16) < 0 && text[i] != '.' && text[i] != ':') {
                return false;
            }
        }
        return true;
    }

    private void network(String text, long number) {
        try {
            sink.addresses(AddressRange.parse(text), number);
        } catch (IllegalArgumentException bad) {
            sink.problem(number, String.valueOf(bad.getMessage()));
        }
    }
}
