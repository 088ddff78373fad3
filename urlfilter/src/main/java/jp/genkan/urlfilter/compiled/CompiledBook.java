package jp.genkan.urlfilter.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.urlfilter.key.SiteKeys;
import jp.genkan.urlfilter.own.SiteExceptions;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteBook;
import jp.genkan.urlfilter.site.SiteQuery;
import org.jspecify.annotations.Nullable;

/**
 * A table of lists, with what the owner has added. Asks for the name, then for each domain above it; a look-up touches one cache line a label, and
 * one more for a page where pages of the host are listed.
 *
 * <p>Thread rule: immutable, shared.
 */
public final class CompiledBook implements SiteBook {
    /** Places in a URL where the beginning of a path is asked for: published ones have up to six parts. */
    private static final int BOUNDS_MAX = 32;

    private static final int NONE = -1;
    private static final int ADDRESS_BITS = 128;
    private static final int V4_BITS = 32;

    private final SiteTable table;
    private final List<Listing> listings;
    private final MarkSet[] sets;
    private final boolean hasListExceptions;
    private final SiteExceptions exceptions;
    private final Words words;
    private final int generation;

    /**
     * A book.
     *
     * @param listings one for each list of the table, in its order
     * @param order the place of each of them in the configuration: of two that are as strong, the earlier one counts
     */
    public CompiledBook(
            SiteTable table,
            List<Listing> listings,
            int[] order,
            SiteExceptions exceptions,
            Words words,
            int generation) {
        if (table.lists().size() != listings.size()) {
            throw new IllegalArgumentException(listings.size() + " listings for a table of "
                    + table.lists().size() + " lists");
        }
        this.table = table;
        this.listings = List.copyOf(listings);
        List<MarkSet> resolved = new ArrayList<>();
        for (int[] set : table.contents().sets()) {
            resolved.add(new MarkSet(set, this.listings, order));
        }
        this.sets = resolved.toArray(MarkSet[]::new);
        this.hasListExceptions = resolved.stream().anyMatch(MarkSet::hasExceptions);
        this.exceptions = exceptions;
        this.words = words;
        this.generation = generation;
    }

    @Override
    public @Nullable Listing find(SiteQuery query) {
        long[] keys = query.room();
        int levels = SiteKeys.of(table.contents().seed(), query, keys);
        if (levels == 0) {
            return null;
        }
        int list = query.host().isAddress() ? address(query, keys) : name(query, keys, levels);
        Listing found = list == NONE ? null : listings.get(list);
        if (!words.isEmpty() && (found == null || !found.blocks())) {
            Listing word = words.find(query);
            found = word != null && (found == null || word.blocks()) ? word : found;
        }
        return found == null || exceptions.holdsFor(query) ? null : found;
    }

    private int name(SiteQuery query, long[] keys, int levels) {
        int top = table.contents().hasTopLevel() || levels == 1 ? 0 : 1;
        long[] without = hasListExceptions ? without(query, keys, levels, top) : null;
        int best = NONE;
        for (int level = levels - 1; level >= top; level--) {
            int set = table.find(keys[level]);
            if (set >= 0) {
                best = better(best, at(query, keys[level], sets[set], level == levels - 1, without));
                if (blocks(best)) {
                    return best;
                }
            }
        }
        return best;
    }

    /** Lists that this name is taken out of. */
    private long[] without(SiteQuery query, long[] keys, int levels, int top) {
        long[] lists = query.lists();
        Arrays.fill(lists, 0);
        for (int level = levels - 1; level >= top; level--) {
            int set = table.find(keys[level]);
            if (set >= 0) {
                sets[set].takeOut(lists);
            }
        }
        return lists;
    }

    private int at(SiteQuery query, long key, MarkSet set, boolean isAsked, long @Nullable [] without) {
        int best = NONE;
        if (query.isUrl()) {
            best = set.hasPages && isAsked ? page(query, key, without) : NONE;
            best = set.hasPaths && !blocks(best) ? better(best, path(query, key, without)) : best;
        }
        return blocks(best) ? best : better(best, isAsked ? set.asked(without) : set.above(without));
    }

    private boolean blocks(int list) {
        return list != NONE && listings.get(list).blocks();
    }

    /** The nearer one, unless the other one is stronger. */
    private int better(int nearer, int other) {
        if (nearer == NONE) {
            return other;
        }
        return blocks(other) && !blocks(nearer) ? other : nearer;
    }

    /** The page as it was asked for, then without its query. */
    private int page(SiteQuery query, long hostKey, long @Nullable [] without) {
        byte[] target = query.target().octets();
        int length = query.target().length();
        int pathLength = query.target().pathLength();
        int best = NONE;
        if (query.target().isWhole()) {
            int set = table.find(SiteKeys.page(hostKey, query.port(), target, length));
            best = set < 0 ? NONE : sets[set].page(without);
        }
        if (length > pathLength && !blocks(best)) {
            int set = table.find(SiteKeys.page(hostKey, query.port(), target, pathLength));
            best = set < 0 ? best : better(best, sets[set].page(without));
        }
        return best;
    }

    private int path(SiteQuery query, long hostKey, long @Nullable [] without) {
        byte[] target = query.target().octets();
        int length = query.target().length();
        int best = NONE;
        int bounds = 0;
        int last = Math.min(length, TableBuilder.PATHS_LENGTH_MAX);
        for (int end = 2; end <= last && bounds < BOUNDS_MAX; end++) {
            boolean bound = end == length || isBound(target[end]);
            if (bound) {
                bounds++;
                int set = table.find(SiteKeys.paths(hostKey, query.port(), target, end));
                best = set < 0 ? best : better(best, sets[set].path(without));
                if (blocks(best)) {
                    return best;
                }
            }
        }
        return best;
    }

    private static boolean isBound(int octet) {
        return octet == '/' || octet == '?' || octet == '&';
    }

    private int address(SiteQuery query, long[] keys) {
        int set = table.find(keys[0]);
        int best = set < 0 ? NONE : at(query, keys[0], sets[set], true, null);
        long high = query.host().high();
        long low = query.host().low();
        int shortest = Address.isV4(high, low) ? ADDRESS_BITS - V4_BITS : 0;
        for (int length : table.contents().prefixLengths()) {
            if (blocks(best) || length < shortest) {
                break;
            }
            long maskHigh = length == 0 ? 0 : -1L << 64 - Math.min(length, 64);
            long maskLow = length <= 64 ? 0 : -1L << ADDRESS_BITS - length;
            long key = SiteKeys.network(table.contents().seed(), high & maskHigh, low & maskLow, length);
            int network = table.find(key);
            best = network < 0 ? best : better(best, sets[network].asked(null));
        }
        return best;
    }

    @Override
    public boolean isEmpty() {
        return table.keys() == 0 && words.isEmpty();
    }

    @Override
    public int generation() {
        return generation;
    }

    /** The table that it answers from. */
    public SiteTable table() {
        return table;
    }

    /** The lists, in the order of the table. */
    public List<Listing> listings() {
        return listings;
    }
}
