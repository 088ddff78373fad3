package jp.genkan.protocols.file;

/**
 * Which hashes are made of files. Immutable.
 *
 * @param md5 by RFC 1321
 * @param sha1 by FIPS 180-4
 * @param sha256 by FIPS 180-4
 */
public record HashChoice(boolean md5, boolean sha1, boolean sha256) {
    /** All three. */
    public static final HashChoice ALL = new HashChoice(true, true, true);

    /** None: files are counted and their type is named. */
    public static final HashChoice NONE = new HashChoice(false, false, false);

    /** False when nothing is hashed. */
    public boolean isAny() {
        return md5 || sha1 || sha256;
    }
}
