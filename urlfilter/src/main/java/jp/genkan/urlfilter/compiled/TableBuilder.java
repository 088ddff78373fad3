package jp.genkan.urlfilter.compiled;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.urlfilter.key.SiteKeys;
import jp.genkan.urlfilter.list.ListLimits;
import jp.genkan.urlfilter.list.RowSink;
import jp.genkan.urlfilter.list.SiteScope;
import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.suffix.PublicSuffixes;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link SiteTable} of lists. Never fails for what a list holds.
 *
 * <p>Thread rule: one thread.
 */
public final class TableBuilder implements AutoCloseable {
    /** Entries of all lists together: half as many again as a box is meant for. They take some 260 MiB
     * while they are compiled and 140 MiB then, which fits beside a heap of 512 MiB. */
    public static final long ENTRIES_MAX = 10_000_000;

    /** Share of places that are taken: at three of four one bucket in ten is passed, and a name takes 14 octets. */
    private static final double LOAD = 0.75;

    /** The same when the count of keys was wrong; never needed so far. */
    private static final double SAFE_LOAD = 0.95;

    /** Octets of the beginning of a path that is looked for; those that are published have up to 120. */
    static final int PATHS_LENGTH_MAX = 512;

    private static final int ADDRESS_BITS = 128;

    private final PublicSuffixes suffixes;
    private final ListLimits limits;
    private final long entriesMax;
    private final long seed;
    private final RawEntries raw = new RawEntries();
    private final List<Tally> tallies = new ArrayList<>();
    private final boolean[] prefixLengths = new boolean[ADDRESS_BITS + 1];
    private final Tally overflow = new Tally(-1, "", "", "");
    private boolean hasTopLevel;
    private String source = "";
    private String digest = "";
    private long begunAt;
    private int talliesBefore;

    /**
     * A builder.
     *
     * @param seed of the keys; nobody outside should know it
     */
    public TableBuilder(PublicSuffixes suffixes, ListLimits limits, long seed) {
        this(suffixes, limits, seed, ENTRIES_MAX);
    }

    TableBuilder(PublicSuffixes suffixes, ListLimits limits, long seed, long entriesMax) {
        this.suffixes = suffixes;
        this.limits = limits;
        this.seed = seed;
        this.entriesMax = entriesMax;
    }

    /**
     * Begins a list. What {@link #rows} gives until the next call belongs to it.
     *
     * @param source its name
     * @param digest of what it is made of
     */
    public void begin(String source, String digest) {
        this.source = source;
        this.digest = digest;
        this.begunAt = raw.size();
        this.talliesBefore = tallies.size();
    }

    /** Forgets all rows since {@link #begin}. */
    public void giveUp() {
        raw.cut(begunAt);
        while (tallies.size() > talliesBefore) {
            tallies.removeLast();
        }
    }

    /** Ends a list; one without rows is a list all the same. */
    public void end() {
        if (tallies.size() == talliesBefore) {
            rows("", "");
        }
    }

    /** Rows of the list that were taken since {@link #begin}. */
    public long taken() {
        return tallies.subList(talliesBefore, tallies.size()).stream()
                .mapToLong(tally -> tally.entries)
                .sum();
    }

    /** Rows of the list that could not be used since {@link #begin}. */
    public long skipped() {
        return tallies.subList(talliesBefore, tallies.size()).stream()
                .mapToLong(tally -> tally.skipped)
                .sum();
    }

    /**
     * Takes the rows of the list; of several calls for one category, all count as one list.
     *
     * @param category UT1's folder; empty for a list that is one
     * @param member which file of the list it is, for problem lines; may be empty
     */
    public RowSink rows(String category, String member) {
        for (Tally tally : tallies.subList(talliesBefore, tallies.size())) {
            if (tally.category.equals(category)) {
                return new Sink(tally, member);
            }
        }
        if (tallies.size() == SiteQuery.LISTS_MAX) {
            overflow.problems.add("more than " + SiteQuery.LISTS_MAX + " lists and categories: '" + source + " "
                    + category + "' is left out");
            return new Sink(overflow, member);
        }
        Tally tally = new Tally(tallies.size(), source, digest, category);
        tallies.add(tally);
        return new Sink(tally, member);
    }

    /**
     * Takes lists over from a table that was made under the same seed.
     *
     * @param which the lists that are wanted
     */
    public void copy(SiteTable from, Predicate<CompiledList> which) {
        SiteTable.Contents contents = from.contents();
        if (contents.seed() != seed) {
            throw new IllegalArgumentException("a table can be copied under its own seed only");
        }
        int[] numbers = new int[contents.lists().size()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < numbers.length; i++) {
            CompiledList list = contents.lists().get(i);
            if (which.test(list) && tallies.size() < SiteQuery.LISTS_MAX) {
                numbers[i] = tallies.size();
                tallies.add(Tally.of(list, tallies.size()));
            }
        }
        copyKeys(from, numbers);
        for (int length : contents.prefixLengths()) {
            prefixLengths[length] = true;
        }
        hasTopLevel |= contents.hasTopLevel();
    }

    private void copyKeys(SiteTable from, int[] numbers) {
        int[][] sets = from.contents().sets();
        int[][] marks = new int[sets.length][];
        for (int i = 0; i < sets.length; i++) {
            marks[i] = Arrays.stream(sets[i])
                    .filter(mark -> numbers[EntryKind.list(mark)] >= 0)
                    .map(mark -> EntryKind.of(mark).mark(numbers[EntryKind.list(mark)]))
                    .toArray();
        }
        from.forEach((key, set) -> {
            for (int mark : marks[set]) {
                if (raw.size() < entriesMax) {
                    raw.add(key, mark);
                }
            }
        });
    }

    /** What did not find room at all, each in one line. */
    public List<String> problems() {
        return List.copyOf(overflow.problems);
    }

    /**
     * Makes the table of what was taken.
     *
     * @param memory where it lies
     */
    public SiteTable build(Arena memory) {
        long distinct = raw.distinct();
        SiteTable table = fill(distinct, memory);
        return table != null ? table : fillAll(memory);
    }

    private SiteTable fillAll(Arena memory) {
        SiteTable table = fill(raw.size(), memory);
        if (table == null) {
            throw new AssertionError("a table with room for every entry is full");
        }
        return table;
    }

    private @Nullable SiteTable fill(long keysExpected, Arena memory) {
        long bucketCount = (long) (keysExpected / (LOAD * SiteTable.PLACES)) + 2;
        MemorySegment buckets = memory.allocate(bucketCount * SiteTable.BUCKET, SiteTable.BUCKET);
        long room = (long) (bucketCount * SiteTable.PLACES * SAFE_LOAD);
        MarkSets sets = new MarkSets();
        long keys = 0;
        for (long i = 0; i < raw.size(); i++) {
            if (insert(buckets, bucketCount, raw.key(i), raw.mark(i), sets)) {
                keys++;
                if (keys > room) {
                    return null;
                }
            }
        }
        return new SiteTable(
                buckets,
                new SiteTable.Contents(
                        seed,
                        keys,
                        sets.all(),
                        tallies.stream().map(Tally::result).toList(),
                        lengths(),
                        hasTopLevel,
                        sets.dropped()));
    }

    private static boolean insert(MemorySegment buckets, long bucketCount, long key, int mark, MarkSets sets) {
        long bucket = SiteTable.bucketOf(key, bucketCount);
        while (true) {
            long at = bucket * SiteTable.BUCKET;
            for (int place = 0; place < SiteTable.PLACES; place++) {
                long keyAt = at + (long) place * Long.BYTES;
                long setAt = at + SiteTable.SETS_AT + (long) place * Short.BYTES;
                long there = buckets.get(SiteTable.KEY, keyAt);
                if (there == key) {
                    int set = buckets.get(SiteTable.SET, setAt) & 0xffff;
                    buckets.set(SiteTable.SET, setAt, (short) sets.with(set, mark));
                    return false;
                }
                if (there == 0) {
                    buckets.set(SiteTable.KEY, keyAt, key);
                    buckets.set(SiteTable.SET, setAt, (short) sets.of(mark));
                    return true;
                }
            }
            buckets.set(SiteTable.PASSED, at + SiteTable.PASSED_AT, 1);
            bucket = bucket + 1 == bucketCount ? 0 : bucket + 1;
        }
    }

    private int[] lengths() {
        int count = 0;
        int[] lengths = new int[prefixLengths.length];
        for (int length = ADDRESS_BITS; length >= 0; length--) {
            if (prefixLengths[length]) {
                lengths[count++] = length;
            }
        }
        return Arrays.copyOf(lengths, count);
    }

    @Override
    public void close() {
        raw.close();
    }

    /** What one list has given so far. */
    private static final class Tally {
        final int number;
        final String source;
        final String digest;
        final String category;
        final List<String> problems = new ArrayList<>();
        long entries;
        long skipped;
        boolean isCut;

        Tally(int number, String source, String digest, String category) {
            this.number = number;
            this.source = source;
            this.digest = digest;
            this.category = category;
        }

        static Tally of(CompiledList list, int number) {
            Tally tally = new Tally(number, list.source(), list.digest(), list.category());
            tally.entries = list.entries();
            tally.skipped = list.skipped();
            tally.problems.addAll(list.problems());
            return tally;
        }

        CompiledList result() {
            return new CompiledList(source, digest, category, entries, skipped, problems);
        }
    }

    /** Makes keys and marks of rows. */
    private final class Sink implements RowSink {
        private final Tally tally;
        private final String member;
        private final long[] room = new long[SiteQuery.LEVELS_MAX];

        Sink(Tally tally, String member) {
            this.tally = tally;
            this.member = member;
        }

        @Override
        public void site(SiteQuery site, SiteScope scope) {
            if (tally.number < 0 || raw.size() + 2 > entriesMax) {
                full();
                return;
            }
            int levels = SiteKeys.of(seed, site, room);
            long host = room[levels - 1];
            tally.entries++;
            switch (scope) {
                case PAGE -> page(site, levels, host);
                case PATHS -> paths(site, levels, host);
                case HOST -> name(site, levels, host, EntryKind.SELF);
                case SUBDOMAINS -> name(site, levels, host, EntryKind.BELOW);
                case WHOLE_DOMAIN -> name(site, levels, host, EntryKind.DOMAIN);
                case EXCEPTION -> name(site, levels, host, EntryKind.EXCEPTION);
                case DOMAIN, CATEGORY_DOMAIN -> name(site, levels, host, kindOf(site, scope));
            }
        }

        /** An address has nothing below it; what is below a suffix belongs to others. */
        private EntryKind kindOf(SiteQuery site, SiteScope scope) {
            long[] keys = site.room();
            return switch (suffixes.kindOf(site.host(), keys)) {
                case SITE -> EntryKind.DOMAIN;
                case REGISTRY -> EntryKind.SELF;
                case PLATFORM -> scope == SiteScope.DOMAIN ? EntryKind.SELF : EntryKind.PLATFORM;
            };
        }

        private void name(SiteQuery site, int levels, long key, EntryKind kind) {
            hasTopLevel |= levels == 1 && !site.host().isAddress();
            raw.add(key, kind.mark(tally.number));
        }

        private void page(SiteQuery site, int levels, long host) {
            long key = SiteKeys.page(
                    host, site.port(), site.target().octets(), site.target().length());
            raw.add(key, EntryKind.PAGE.mark(tally.number));
            marker(site, levels, host, EntryKind.HAS_PAGES);
        }

        private void paths(SiteQuery site, int levels, long host) {
            byte[] target = site.target().octets();
            int length = site.target().length();
            while (length > 1 && target[length - 1] == '/') {
                length--;
            }
            if (length > PATHS_LENGTH_MAX) {
                page(site, levels, host); // as near as it gets
                return;
            }
            raw.add(SiteKeys.paths(host, site.port(), target, length), EntryKind.PATHS.mark(tally.number));
            marker(site, levels, host, EntryKind.HAS_PATHS);
        }

        private void marker(SiteQuery site, int levels, long host, EntryKind kind) {
            hasTopLevel |= levels == 1 && !site.host().isAddress();
            raw.add(host, kind.mark(tally.number));
        }

        @Override
        public void addresses(AddressRange range, long line) {
            String refusal = NetworkGuard.refusal(range);
            if (!refusal.isEmpty()) {
                problem(line, range + " " + refusal);
                return;
            }
            tally.entries++;
            NetworkGuard.networks(range, this::network);
        }

        private void network(long high, long low, int prefixLength) {
            if (tally.number < 0 || raw.size() + 1 > entriesMax) {
                full();
                return;
            }
            if (prefixLength < ADDRESS_BITS) {
                prefixLengths[prefixLength] = true;
            }
            raw.add(SiteKeys.network(seed, high, low, prefixLength), EntryKind.SELF.mark(tally.number));
        }

        private void full() {
            if (!tally.isCut) {
                tally.isCut = true;
                tally.problems.add("more than " + entriesMax + " entries in all lists: what follows is left out");
            }
            tally.skipped++;
        }

        @Override
        public void problem(long line, String reason) {
            tally.skipped++;
            if (tally.problems.size() < limits.problemsMax()) {
                String place = member + (line > 0 ? ":" + line : "");
                tally.problems.add(place.isEmpty() ? reason : place + ": " + reason);
            }
        }
    }
}
