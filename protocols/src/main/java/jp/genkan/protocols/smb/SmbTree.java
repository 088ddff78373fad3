package jp.genkan.protocols.smb;

import org.jspecify.annotations.Nullable;

/**
 * A share that a client has connected.
 *
 * @param name as the client names it; null when that was not seen
 * @param isPipe true when it holds pipes
 */
record SmbTree(@Nullable String name, boolean isPipe) {
    static final SmbTree UNKNOWN = new SmbTree(null, false);

    /** False when its connection was not seen. */
    boolean isKnown() {
        return name != null;
    }
}
