package jp.genkan.urlfilter.list;

import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.url.HostText;

/** Lines of a hosts file: an address and names. The names that every machine has for itself are no entries. */
final class HostsRows implements Rows {
    /** Names a line; hosts(5) sets no bound, published lists have up to nine. */
    private static final int NAMES_MAX = 256;

    private final SiteQuery site = new SiteQuery();
    private final HostText address = new HostText();
    private final RowSink sink;

    HostsRows(RowSink sink) {
        this.sink = sink;
    }

    @Override
    public void line(byte[] text, int from, int to, long number) {
        int remark = LineText.indexOf(text, from, to, '#');
        int last = remark < 0 ? to : remark;
        int at = LineText.skipBlanks(text, from, last);
        if (LineText.isRemark(text, at, last)) {
            return;
        }
        int end = LineText.wordEnd(text, at, last);
        if (!isAddress(text, at, end)) {
            sink.problem(number, "no address at the beginning: " + LineText.quote(text, at, last));
            return;
        }
        at = LineText.skipBlanks(text, end, last);
        if (at == last) {
            sink.problem(number, "no name behind the address");
        }
        for (int names = 0; at < last; names++) {
            if (names == NAMES_MAX) {
                sink.problem(number, "more than " + NAMES_MAX + " names");
                return;
            }
            end = LineText.wordEnd(text, at, last);
            name(text, at, end, number);
            at = LineText.skipBlanks(text, end, last);
        }
    }

    /** An address, with a zone where it is a link's ({@code fe80::1%lo0}). */
    private boolean isAddress(byte[] text, int from, int to) {
        int zone = LineText.indexOf(text, from, to, '%');
        return address.read(text, from, zone < 0 ? to : zone) && address.isAddress();
    }

    private void name(byte[] text, int from, int to, long number) {
        if (!site.host(text, from, to)) {
            sink.problem(number, "not a host: " + LineText.quote(text, from, to));
        } else if (!site.host().isAddress() && !isOwnName(site.hostText())) {
            sink.site(site, SiteScope.DOMAIN);
        }
    }

    private static boolean isOwnName(String name) {
        return switch (name) {
            case "localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback" ->
                true;
            case "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "ip6-allhosts" -> true;
            default -> false;
        };
    }
}
