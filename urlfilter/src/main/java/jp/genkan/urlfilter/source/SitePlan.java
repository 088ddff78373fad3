package jp.genkan.urlfilter.source;

import java.nio.file.Path;
import java.util.List;
import jp.genkan.urlfilter.own.SiteException;
import jp.genkan.urlfilter.own.SiteExceptions;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.suffix.PublicSuffixes;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a book holds, as it is configured.
 *
 * @param lists in order; of two that hit with the same action, the earlier one is named
 * @param content a folder whose lists are added; null for none
 * @param categories what a hit leads to where a list does not say it
 * @param exceptions sites that no list may touch
 * @param words of the owner
 * @param suffixes the public suffix list
 */
public record SitePlan(
        List<SiteList> lists,
        @Nullable Path content,
        Categories categories,
        List<SiteException> exceptions,
        List<Words.Word> words,
        Path suffixes) {
    /** Nothing at all. */
    public static final SitePlan EMPTY =
            new SitePlan(List.of(), null, Categories.DEFAULT, List.of(), List.of(), PublicSuffixes.PACKAGED);

    public SitePlan {
        lists = List.copyOf(lists);
        exceptions = List.copyOf(exceptions);
        words = List.copyOf(words);
        if (lists.size() > SiteQuery.LISTS_MAX) {
            throw new IllegalArgumentException(lists.size() + " lists of sites are configured, and at most "
                    + SiteQuery.LISTS_MAX + " can be used");
        }
        if (lists.stream().map(SiteList::name).distinct().count() < lists.size()) {
            throw new IllegalArgumentException("two lists of sites have the same name");
        }
        if (exceptions.size() > SiteExceptions.EXCEPTIONS_MAX) {
            throw new IllegalArgumentException(exceptions.size() + " exceptions of sites are configured, and at most "
                    + SiteExceptions.EXCEPTIONS_MAX + " can be used");
        }
    }

    /** The lists of a content folder alone. */
    public static SitePlan ofContent(Path content) {
        return new SitePlan(List.of(), content, Categories.DEFAULT, List.of(), List.of(), PublicSuffixes.PACKAGED);
    }

    /** The same with another content folder. */
    public SitePlan withContent(Path folder) {
        return new SitePlan(lists, folder, categories, exceptions, words, suffixes);
    }

    /** True when nothing can ever be found. */
    public boolean isEmpty() {
        return lists.isEmpty() && content == null && words.isEmpty();
    }
}
