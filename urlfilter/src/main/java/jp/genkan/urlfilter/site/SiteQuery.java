package jp.genkan.urlfilter.site;

import java.nio.charset.StandardCharsets;
import jp.genkan.urlfilter.url.HostText;
import jp.genkan.urlfilter.url.TargetText;
import jp.genkan.urlfilter.url.UrlText;

/**
 * What is asked of a {@link SiteBook}: a host, an address or a URL, in the form that a browser would give it (WHATWG URL), and for which
 * machine. Reused from question to question; setting it does not allocate for names as they travel (ASCII).
 *
 * <p>Thread rule: one worker.
 */
public final class SiteQuery {
    /**
     * Longest path and query that are told apart, in octets of their normal form: twice the longest request line that common servers take. A
     * longer URL is judged by its path, or by its host.
     */
    public static final int TARGET_MAX = 16 << 10;

    /** Names above a host that are asked for, from the top: hosts have four labels, the longest in public lists some ten. */
    public static final int LEVELS_MAX = 16;

    /** Lists that a book may have: some 70 categories of UT1 and as many feeds leave room for ten times as much. */
    public static final int LISTS_MAX = 1_024;

    private final HostText host = new HostText();
    private final TargetText target = new TargetText(TARGET_MAX);
    private final UrlText parts = new UrlText();
    private final long[] room = new long[LEVELS_MAX];
    private final long[] lists = new long[LISTS_MAX / Long.SIZE];
    private int port = UrlText.PORT_OF_SCHEME;
    private long clientHigh;
    private long clientLow;

    /** Whose visit it is; exceptions may be for one machine. Stays until it is set again. */
    public void client(long high, long low) {
        clientHigh = high;
        clientLow = low;
    }

    /**
     * Asks for a host: a name as it stands in TLS, QUIC, DNS or a Host field without its port, or an address as text.
     *
     * @return false when it can be the name of no host; the query then finds nothing
     */
    public boolean host(byte[] octets, int from, int to) {
        target.clear();
        port = UrlText.PORT_OF_SCHEME;
        return host.read(octets, from, to);
    }

    /** Asks for an address, as {@link jp.genkan.core.frame.Address} has it. */
    public void address(long high, long low) {
        target.clear();
        port = UrlText.PORT_OF_SCHEME;
        host.take(high, low);
    }

    /**
     * Asks for the URL of an HTTP request.
     *
     * @param secure whether it is https
     * @param host octets that hold the host, without port
     * @param port the port, or -1 for the scheme's own
     * @param target octets that hold the request target: path and query, or an absolute URL whose host is not looked at
     * @return false when the host can be the name of none; the query then finds nothing
     */
    public boolean url(
            boolean secure,
            byte[] host,
            int hostFrom,
            int hostTo,
            int port,
            byte[] target,
            int targetFrom,
            int targetTo) {
        boolean named = host(host, hostFrom, hostTo);
        if (named && !(targetTo - targetFrom == 1 && target[targetFrom] == '*')) {
            this.port = UrlText.portOf(secure, port);
            this.target.read(target, UrlText.afterAuthority(target, targetFrom, targetTo), targetTo);
        }
        return named;
    }

    /**
     * Asks for a URL, or a host, as a person or a list writes it.
     *
     * @return false when it is neither; the query then finds nothing
     */
    public boolean text(CharSequence text) {
        byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
        return text(octets, 0, octets.length);
    }

    /** The same, in UTF-8. */
    public boolean text(byte[] octets, int from, int to) {
        target.clear();
        port = UrlText.PORT_OF_SCHEME;
        if (!parts.read(octets, from, to)) {
            host.clear();
            return false;
        }
        boolean named = host.read(parts.octets(), parts.hostFrom(), parts.hostTo());
        if (named) {
            port = parts.port();
            target.read(parts.octets(), parts.targetFrom(), parts.to());
        }
        return named;
    }

    /** The host that is asked for. */
    public HostText host() {
        return host;
    }

    /** Path and query that are asked for; without path when it is a host alone. */
    public TargetText target() {
        return target;
    }

    /** The port that is asked for, or {@link UrlText#PORT_OF_SCHEME}. */
    public int port() {
        return port;
    }

    /** True when there is a path to ask for. */
    public boolean isUrl() {
        return target.pathLength() > 0;
    }

    /** True when it names a host's root and nothing below. */
    public boolean isWholeHost() {
        return !isUrl() || target.isRoot();
    }

    /** First half of the machine's address. */
    public long clientHigh() {
        return clientHigh;
    }

    /** Second half of the machine's address. */
    public long clientLow() {
        return clientLow;
    }

    /** Room for the keys of {@link #LEVELS_MAX} names, which a book may write to while it looks. */
    public long[] room() {
        return room;
    }

    /** Room for a bit for each of {@link #LISTS_MAX} lists, which a book may write to while it looks. */
    public long[] lists() {
        return lists;
    }

    /** The host in its normal form, for events; empty when there is none. */
    public String hostText() {
        return host.toString();
    }

    /** Host, port, path and query in their normal form, for events. */
    public String urlText() {
        return host + (port < 0 ? "" : ":" + port) + target;
    }
}
