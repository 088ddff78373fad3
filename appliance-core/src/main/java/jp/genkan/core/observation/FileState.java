package jp.genkan.core.observation;

/** What became of a file, in EVE's words. */
public enum FileState {
    /** Octets still come. */
    OPEN("UNKNOWN"),
    /** It was seen to its end. */
    CLOSED("CLOSED"),
    /** It ended before its announced end, or only its beginning was read. */
    TRUNCATED("TRUNCATED"),
    /** Its coding was broken. */
    ERROR("ERROR");

    private final String eveName;

    FileState(String eveName) {
        this.eveName = eveName;
    }

    /** The word of {@code fileinfo.state}. */
    public String eveName() {
        return eveName;
    }
}
