package jp.genkan.av.hash;

import org.jspecify.annotations.Nullable;

/** What is hashed, and how. The order is part of the table's format. */
public enum HashKind {
    /** MD5 of a file. */
    FILE_MD5("MD5", 16, false),
    /** SHA-1 of a file. */
    FILE_SHA1("SHA-1", 20, false),
    /** SHA-256 of a file. */
    FILE_SHA256("SHA-256", 32, false),
    /** MD5 of a section of a PE file. */
    SECTION_MD5("MD5", 16, true),
    /** SHA-1 of a section of a PE file. */
    SECTION_SHA1("SHA-1", 20, true),
    /** SHA-256 of a section of a PE file. */
    SECTION_SHA256("SHA-256", 32, true);

    private static final HashKind[] ALL = values();

    private final String algorithm;
    private final int length;
    private final boolean section;

    HashKind(String algorithm, int length, boolean section) {
        this.algorithm = algorithm;
        this.length = length;
        this.section = section;
    }

    /** Name of the digest in the JDK. */
    public String algorithm() {
        return algorithm;
    }

    /** Octets of the hash. */
    public int length() {
        return length;
    }

    /** True when it is a section's. */
    public boolean isSection() {
        return section;
    }

    /** The kind with a hash of so many octets; null when there is none. */
    public static @Nullable HashKind of(int length, boolean section) {
        for (HashKind kind : ALL) {
            if (kind.length == length && kind.section == section) {
                return kind;
            }
        }
        return null;
    }
}
