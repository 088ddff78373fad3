package jp.genkan.urlfilter.list;

import jp.genkan.urlfilter.site.SiteQuery;

/**
 * Those rules of Adblock lists that speak of whole sites: {@code ||host^}, {@code ||host/path^}, a name alone or as in a hosts file, and
 * {@code @@||host^} as exception. Rules about parts of pages, about who asks, and with wildcards inside need a browser: they are told and passed
 * over.
 */
final class AdblockRows implements Rows {
    private final SiteQuery site = new SiteQuery();
    private final RowSink sink;
    private final HostsRows hosts;

    AdblockRows(RowSink sink) {
        this.sink = sink;
        this.hosts = new HostsRows(sink);
    }

    @Override
    public void line(byte[] text, int from, int to, long number) {
        int at = LineText.skipBlanks(text, from, to);
        int end = LineText.trimBlanks(text, at, to);
        if (at == end
                || text[at] == '!'
                || text[at] == '['
                || text[at] == '#' && (at + 1 == end || text[at + 1] == ' ')) {
            return;
        }
        String reason = rule(text, at, end, number);
        if (!reason.isEmpty()) {
            sink.problem(number, reason + ": " + LineText.quote(text, at, end));
        }
    }

    /** Takes a rule; what is wrong with it, or nothing. */
    private String rule(byte[] text, int from, int to, long number) {
        if (LineText.contains(text, from, to, "##")
                || LineText.contains(text, from, to, "#@#")
                || LineText.contains(text, from, to, "#?#")
                || LineText.contains(text, from, to, "#$#")) {
            return "a rule about parts of pages";
        }
        boolean exception = LineText.startsWith(text, from, to, "@@");
        int at = exception ? from + 2 : from;
        int end = to;
        int dollar = LineText.indexOf(text, at, to, '$');
        if (dollar >= 0) {
            if (!optionsSpeakOfSites(LineText.text(text, dollar + 1, to))) {
                return "its options need a browser";
            }
            end = dollar;
        }
        if (LineText.startsWith(text, at, end, "||")) {
            return site(text, at + 2, end, exception);
        }
        if (at < end && (text[at] == '/' || text[at] == '|' || LineText.indexOf(text, at, end, '*') >= 0)) {
            return "a pattern that is not about one site";
        }
        int word = LineText.wordEnd(text, at, end);
        if (word < end && !exception) {
            hosts.line(text, at, end, number);
            return "";
        }
        return site(text, at, end, exception);
    }

    /** True when every option leaves the rule one about all visits of a site. */
    private static boolean optionsSpeakOfSites(String options) {
        for (String option : options.split(",", -1)) {
            boolean fits = switch (option.strip()) {
                case "important", "all", "document", "doc", "popup", "network", "" -> true;
                default -> false;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private String site(byte[] text, int from, int to, boolean exception) {
        int at = LineText.startsWith(text, from, to, "*.") ? from + 2 : from;
        int end = to;
        while (end > at && (text[end - 1] == '^' || text[end - 1] == '|' || text[end - 1] == '*')) {
            end--;
        }
        if (LineText.indexOf(text, at, end, '*') >= 0 || LineText.indexOf(text, at, end, '^') >= 0) {
            return "a pattern that is not about one site";
        }
        if (!site.text(text, at, end)) {
            return "not a host";
        }
        if (site.isWholeHost()) {
            sink.site(site, exception ? SiteScope.EXCEPTION : SiteScope.WHOLE_DOMAIN);
            return "";
        }
        if (exception) {
            return "an exception for a part of a site";
        }
        sink.site(site, SiteScope.PATHS);
        return "";
    }
}
