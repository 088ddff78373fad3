package jp.genkan.ips.dataset;

import org.jspecify.annotations.Nullable;

/**
 * What a rule or the settings say of a set.
 *
 * @param name of the set; sets of the same name are the same
 * @param type null where it is said elsewhere
 * @param load file from which it is filled
 * @param state file from which it is filled where it exists, and into which it is written at the end
 * @param save file into which it is written at the end
 * @param format of {@code load}
 * @param valueKey where the member stands in a JSON object
 * @param arrayKey where the array of objects stands in a JSON file
 * @param removeKey whether the member is taken out of what events show
 * @param octetsMax most octets; 0 for the default
 */
public record Definition(
        String name,
        @Nullable MemberType type,
        @Nullable String load,
        @Nullable String state,
        @Nullable String save,
        Format format,
        @Nullable String valueKey,
        @Nullable String arrayKey,
        RemoveKey removeKey,
        long octetsMax) {
    /** How a file is written. */
    public enum Format {
        /** A member a line; after a comma, its reputation. */
        LINES,
        /** One JSON text with an array of objects. */
        JSON,
        /** A JSON object a line. */
        JSON_LINES
    }

    /** What becomes of the member's own text in what events show. */
    public enum RemoveKey {
        KEEP,
        REMOVE
    }

    /** True when it says where members come from or go. */
    boolean hasFiles() {
        return load != null || state != null || save != null;
    }
}
