package jp.genkan.access.reputation;

import java.nio.file.Path;

/**
 * One list as it is configured.
 *
 * @param name stands in events and status
 * @param file one address, network or range a line; comments begin with {@code #} or {@code ;}; of a CSV file, the first column
 * @param action what a match leads to
 * @param direction which flows are judged by it
 * @param category EVE's {@code alert.category}
 * @param severity EVE's {@code alert.severity}, 1 (worst) to 4
 */
public record ReputationList(
        String name, Path file, ListAction action, ListDirection direction, String category, int severity) {
    /** Category of a list for which none is configured; Suricata's text for {@code misc-attack}. */
    public static final String DEFAULT_CATEGORY = "Misc Attack";

    private static final int DEFAULT_SEVERITY = 2;

    public ReputationList {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a reputation list needs a name");
        }
        if (severity < 1 || severity > 4) {
            throw new IllegalArgumentException("severity " + severity + " of list '" + name + "' is not one of 1 to 4");
        }
    }

    /** A list with the usual category and severity. */
    public ReputationList(String name, Path file, ListAction action, ListDirection direction) {
        this(name, file, action, direction, DEFAULT_CATEGORY, DEFAULT_SEVERITY);
    }
}
