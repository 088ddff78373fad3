package jp.genkan.protocols.http.body;

/**
 * Bounds what one coded body may become, all layers of coding together.
 *
 * <p>Thread rule: the worker of its flow.
 */
final class OutputGuard {
    /** Octets that any body may become, whatever its size: a page of zeros is no attack. */
    static final long FREE = 16L << 20;

    /** Beyond {@link #FREE}, how many octets one may become. DEFLATE reaches 1032; what people send stays below 100. */
    static final long RATIO_MAX = 200;

    /** Octets that no body may become: larger than what is sent compressed, an installation image of an operating system. */
    static final long OCTETS_MAX = 16L << 30;

    private long read;
    private long made;

    void read(long octets) {
        read += octets;
    }

    /** Notes decoded octets; false when it is a bomb. */
    boolean made(long octets) {
        made += octets;
        return made <= FREE || made <= RATIO_MAX * read && made <= OCTETS_MAX;
    }
}
