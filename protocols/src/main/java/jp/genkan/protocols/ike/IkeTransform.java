package jp.genkan.protocols.ike;

/**
 * A transform of a proposal of version 2 (RFC 7296 §3.3.2).
 *
 * @param type 1 encryption, 2 pseudo-random function, 3 integrity, 4 Diffie-Hellman group, 5 extended sequence numbers
 * @param id the algorithm
 */
public record IkeTransform(int type, int id) {
    static final int ENCRYPTION = 1;
    static final int PRF = 2;
    static final int INTEGRITY = 3;
    static final int GROUP = 4;
    static final int SEQUENCE_NUMBERS = 5;

    private static final int TYPES_MAX = 5;

    /** False for types that the standard does not name. */
    boolean isKnown() {
        return type >= ENCRYPTION && type <= TYPES_MAX;
    }
}
