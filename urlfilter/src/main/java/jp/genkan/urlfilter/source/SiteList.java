package jp.genkan.urlfilter.source;

import java.nio.file.Path;
import jp.genkan.urlfilter.list.ListFormat;
import jp.genkan.urlfilter.site.ListAction;
import org.jspecify.annotations.Nullable;

/**
 * One list as it is configured, or found in a content folder.
 *
 * @param name stands in events and status; no two lists have the same
 * @param file a file, or a folder of UT1's categories
 * @param format how it is written
 * @param category what kind of sites it names; empty for UT1's own categories, or else the list's name
 * @param action what a hit leads to; null for what {@link Categories} says
 */
public record SiteList(
        String name,
        Path file,
        ListFormat format,
        String category,
        @Nullable ListAction action) {
    public SiteList {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a list of sites needs a name");
        }
    }
}
