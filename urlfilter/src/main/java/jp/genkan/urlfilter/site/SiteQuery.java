package jp.genkan.urlfilter.site;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What is asked of a {@link SiteBook}: a host, an address or a URL, in the form that a browser would give it (WHATWG URL), and for which
 * machine. Reused from question to question; setting it does not allocate for names as they travel (ASCII).
 *
 * <p>Thread rule: one worker.
 */
public final class SiteQuery {
    private String host = "";
    private String rest = "";
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
        host = new String(octets, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        rest = "";
        return !host.isEmpty();
    }

    /** Asks for an address, as {@link jp.genkan.core.frame.Address} has it. */
    public void address(long high, long low) {
        host = high + ":" + low;
        rest = "";
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
        rest = new String(target, targetFrom, targetTo - targetFrom, StandardCharsets.UTF_8);
        return named;
    }

    /**
     * Asks for a URL, or a host, as a person or a list writes it.
     *
     * @return false when it is neither; the query then finds nothing
     */
    public boolean text(CharSequence text) {
        byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
        return host(octets, 0, octets.length);
    }

    /** The host in its normal form, for events; empty when there is none. */
    public String hostText() {
        return host;
    }

    /** The whole URL in its normal form, for events; the host alone where no URL was asked for. */
    public String urlText() {
        return host + rest;
    }

    long clientHigh() {
        return clientHigh;
    }

    long clientLow() {
        return clientLow;
    }
}
