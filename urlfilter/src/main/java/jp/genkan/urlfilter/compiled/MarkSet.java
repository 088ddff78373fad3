package jp.genkan.urlfilter.compiled;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import jp.genkan.urlfilter.site.Listing;
import org.jspecify.annotations.Nullable;

/**
 * What the marks on one key mean, sorted out under the actions of the lists: the strongest first, then in the order of the configuration.
 * Immutable.
 */
final class MarkSet {
    final boolean hasPages;
    final boolean hasPaths;

    private final int[] asked;
    private final int[] above;
    private final int[] pages;
    private final int[] paths;
    private final int[] exceptions;

    MarkSet(int[] marks, List<Listing> listings, int[] order) {
        hasPages = has(marks, EntryKind.HAS_PAGES);
        hasPaths = has(marks, EntryKind.HAS_PATHS);
        asked = lists(marks, listings, order, EntryKind.SELF, EntryKind.PLATFORM, EntryKind.DOMAIN);
        above = lists(marks, listings, order, EntryKind.DOMAIN, EntryKind.BELOW, EntryKind.PLATFORM);
        pages = lists(marks, listings, order, EntryKind.PAGE);
        paths = lists(marks, listings, order, EntryKind.PATHS);
        exceptions = lists(marks, listings, order, EntryKind.EXCEPTION);
        if (has(marks, EntryKind.PLATFORM)) {
            dropBlockingPlatforms(marks, listings);
        }
    }

    /** An entry for a platform of a list that blocks does not take in the platform's customers. */
    private void dropBlockingPlatforms(int[] marks, List<Listing> listings) {
        for (int mark : marks) {
            int list = EntryKind.list(mark);
            boolean other = has(marks, EntryKind.DOMAIN.mark(list)) || has(marks, EntryKind.BELOW.mark(list));
            if (EntryKind.of(mark) == EntryKind.PLATFORM && listings.get(list).blocks() && !other) {
                for (int i = 0; i < above.length; i++) {
                    above[i] = above[i] == list ? -1 : above[i];
                }
            }
        }
    }

    private static boolean has(int[] marks, int mark) {
        return Arrays.binarySearch(marks, mark) >= 0;
    }

    private static boolean has(int[] marks, EntryKind kind) {
        return Arrays.stream(marks).anyMatch(mark -> EntryKind.of(mark) == kind);
    }

    private static int[] lists(int[] marks, List<Listing> listings, int[] order, EntryKind... kinds) {
        return Arrays.stream(marks)
                .filter(mark -> List.of(kinds).contains(EntryKind.of(mark)))
                .map(EntryKind::list)
                .distinct()
                .boxed()
                .sorted(Comparator.comparing(
                                (Integer list) -> !listings.get(list).blocks())
                        .thenComparing(list -> order[list]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Lists that the name itself is in, of those that are not taken out; -1 for none. */
    int asked(long @Nullable [] without) {
        return first(asked, without);
    }

    /** Lists that a name below this one is in. */
    int above(long @Nullable [] without) {
        return first(above, without);
    }

    int page(long @Nullable [] without) {
        return first(pages, without);
    }

    int path(long @Nullable [] without) {
        return first(paths, without);
    }

    private static int first(int[] lists, long @Nullable [] without) {
        for (int list : lists) {
            if (list >= 0 && (without == null || (without[list >>> 6] & 1L << list) == 0)) {
                return list;
            }
        }
        return -1;
    }

    /** True when names are taken out of lists. */
    boolean hasExceptions() {
        return exceptions.length > 0;
    }

    /** Notes the lists that the name is taken out of. */
    void takeOut(long[] of) {
        for (int list : exceptions) {
            of[list >>> 6] |= 1L << list;
        }
    }
}
