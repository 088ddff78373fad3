package jp.genkan.urlfilter.stage;

/** What the URL filter counts; the Javadoc is the operator's manual. */
public enum UrlCounter {
    /** Names, URLs and addresses that were held against the lists. */
    JUDGED,
    /** Requests, hellos and packets that were stopped. */
    BLOCKED,
    /** Clients that were shown the block page, or its picture or line. */
    PAGES,
    /** Handshakes of TLS that were ended with an alert. */
    ALERTS,
    /** Questions of DNS that were answered by policy. */
    DNS_ANSWERED,
    /** Connections to sites that are logged. */
    LOGGED,
    /** Visits that these were. */
    VISITS,
    /** Events that were not written because the queue was full. */
    EVENTS_SHED
}
