package jp.genkan.urlfilter.site;

import org.jspecify.annotations.Nullable;

/**
 * All lists, exceptions and words, as they are in force at one time. Immutable, and shared by all workers.
 *
 * <p>Of several hits the strongest action wins, then the entry that is nearest to what was asked (a URL before its host, a host before the
 * domain above it), then the list that stands first in the configuration. An exception is asked before all of them.
 */
public interface SiteBook {
    /** No list at all. */
    SiteBook EMPTY = new SiteBook() {
        @Override
        public @Nullable Listing find(SiteQuery query) {
            return null;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public int generation() {
            return 0;
        }
    };

    /**
     * Which list names what is asked; null for none, or where an exception holds. Neither allocates nor waits.
     *
     * @param query a host, an address or a URL; a URL is held against the entries for its host too
     */
    @Nullable
    Listing find(SiteQuery query);

    /** True when nothing can ever be found: the stage need not ask. */
    boolean isEmpty();

    /** Another number means another book. */
    int generation();
}
