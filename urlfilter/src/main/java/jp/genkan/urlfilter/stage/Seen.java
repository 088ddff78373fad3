package jp.genkan.urlfilter.stage;

import java.util.Locale;

/** Where a name was seen that a list names. */
public enum Seen {
    /** In a request of HTTP, CONNECT included. */
    HTTP,
    /** In the hello of TLS. */
    SNI,
    /** In the hello of QUIC. */
    QUIC,
    /** In a question of DNS; or in the answer that gave a server's address, where the connection hides its name. */
    DNS,
    /** In the certificate of a server for which the client has named none. */
    CERTIFICATE,
    /** It was the server's address itself. */
    ADDRESS;

    /** The word in events. */
    String eveName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
