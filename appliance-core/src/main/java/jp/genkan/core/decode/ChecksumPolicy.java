package jp.genkan.core.decode;

/** Whether the decoder looks at checksums. */
public enum ChecksumPolicy {
    /** Verify, and mark what is wrong. Transport checksums that the kernel vouches for are left out. */
    VERIFY,
    /** Never look: for captures that were taken before the network card filled the checksums in. */
    IGNORE
}
