package jp.genkan.urlfilter.site;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One list, as a hit names it. Immutable; one object a list, so that hits can be told apart by {@code ==} within one book.
 *
 * @param list its name
 * @param category what kind of sites it names, as {@code phishing} or {@code games}
 * @param action what a hit leads to
 * @param source where it comes from, for whoever asks why: a file or an address
 * @param date when its content was made, as far as that is known
 */
public record Listing(
        String list,
        String category,
        ListAction action,
        String source,
        @Nullable Instant date) {
    public Listing {
        if (list.isBlank() || category.isBlank()) {
            throw new IllegalArgumentException("a list of sites needs a name and a category");
        }
    }

    /** True when a hit ends the visit. */
    public boolean blocks() {
        return action == ListAction.BLOCK;
    }
}
