package jp.genkan.core.decode;

/** Whether the decoder looks at checksums. */
public enum ChecksumPolicy {
    /** Verify, and mark what is wrong. Transport checksums that the kernel vouches for are left out. */
    VERIFY,
    /**
     * As {@link #VERIFY}, but what a sending host's own capture shows before its network card filled the checksum in is not wrong: a TCP or UDP checksum
     * that is just the sum of the pseudo-header, an IPv4 header checksum of zero. Never for live frames.
     */
    VERIFY_CAPTURE,
    /** Never look: for captures that were taken before the network card filled the checksums in, or of which too little is known. */
    IGNORE
}
