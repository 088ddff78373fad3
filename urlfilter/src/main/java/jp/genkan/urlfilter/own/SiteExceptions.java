package jp.genkan.urlfilter.own;

import java.time.Instant;
import java.util.List;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.key.KeyMap;
import jp.genkan.urlfilter.key.SiteKeys;
import jp.genkan.urlfilter.site.SiteQuery;

/** The exceptions that hold at one time, ready to be asked for without allocating. Immutable, shared. */
public final class SiteExceptions {
    /** Exceptions that a configuration may have: what a person can look after, and ten times as much. */
    public static final int EXCEPTIONS_MAX = 4_096;

    /** No exception. */
    public static final SiteExceptions NONE = new SiteExceptions(List.of(), Instant.EPOCH);

    private static final long SEED = 0x6578_6365_7074_696fL; // the owner's own names need no secret

    private final KeyMap hosts = new KeyMap();
    private final KeyMap pages = new KeyMap();
    private final List<SiteException> held;
    private final int[] next; // the exception before with the same key; -1 at the end

    /**
     * Those that hold at this time.
     *
     * @throws IllegalArgumentException when there are too many
     */
    public SiteExceptions(List<SiteException> all, Instant now) {
        if (all.size() > EXCEPTIONS_MAX) {
            throw new IllegalArgumentException(
                    all.size() + " exceptions of sites are configured, and at most " + EXCEPTIONS_MAX + " can be used");
        }
        held = all.stream().filter(one -> one.holdsAt(now)).toList();
        next = new int[held.size()];
        SiteQuery query = new SiteQuery();
        for (int i = 0; i < held.size(); i++) {
            query.text(held.get(i).site());
            int levels = SiteKeys.of(SEED, query, query.room());
            long host = query.room()[levels - 1];
            boolean whole = query.isWholeHost();
            KeyMap map = whole ? hosts : pages;
            long key = whole
                    ? host
                    : SiteKeys.page(
                            host,
                            query.port(),
                            query.target().octets(),
                            query.target().length());
            next[i] = map.get(key);
            map.put(key, i);
        }
    }

    /** True when what is asked is excepted for the machine that asks. Does not allocate. */
    public boolean holdsFor(SiteQuery query) {
        if (held.isEmpty()) {
            return false;
        }
        long[] keys = query.room();
        int levels = SiteKeys.of(SEED, query, keys);
        for (int level = levels - 1; level >= 0; level--) {
            if (isFor(hosts.get(keys[level]), query)) {
                return true;
            }
        }
        return levels > 0 && pages.size() > 0 && query.isUrl() && holdsForPage(query, keys[levels - 1]);
    }

    private boolean holdsForPage(SiteQuery query, long host) {
        byte[] target = query.target().octets();
        int path = query.target().pathLength();
        return isFor(pages.get(SiteKeys.page(host, query.port(), target, path)), query)
                || query.target().isWhole()
                        && isFor(
                                pages.get(SiteKeys.page(
                                        host,
                                        query.port(),
                                        target,
                                        query.target().length())),
                                query);
    }

    private boolean isFor(int first, SiteQuery query) {
        for (int i = first; i >= 0; i = next[i]) {
            AddressRange machines = held.get(i).machines();
            if (machines == null || machines.contains(query.clientHigh(), query.clientLow())) {
                return true;
            }
        }
        return false;
    }

    /** Those that hold. */
    public List<SiteException> held() {
        return held;
    }
}
