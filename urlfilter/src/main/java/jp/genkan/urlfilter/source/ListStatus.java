package jp.genkan.urlfilter.source;

import java.time.Instant;
import java.util.List;
import jp.genkan.urlfilter.site.ListAction;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one list, or of one category of a list that has several.
 *
 * @param list its name
 * @param category its category
 * @param action what a hit leads to
 * @param entries rows in force
 * @param skipped rows that could not be used
 * @param date of the file that is in force; null where there never was one
 * @param problems the first of them, each in one line with file and line number
 */
public record ListStatus(
        String list,
        String category,
        ListAction action,
        long entries,
        long skipped,
        @Nullable Instant date,
        List<String> problems) {
    public ListStatus {
        problems = List.copyOf(problems);
    }
}
