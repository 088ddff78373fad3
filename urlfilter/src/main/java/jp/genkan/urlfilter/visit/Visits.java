package jp.genkan.urlfilter.visit;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import jp.genkan.core.frame.Address;
import jp.genkan.urlfilter.site.Listing;

/**
 * Which machine has gone to which listed site, on this day.
 *
 * <p>Thread rule: any thread. Cut into shards by machine, each behind its own lock, which is held for one entry; asked once for each connection that a list names.
 */
public final class Visits {
    /** Machine and site pairs that are counted: 250 machines with 64 sites each, some 200 octets a pair. The one that was quiet the longest goes. */
    public static final int PAIRS_MAX = 16_384;

    /** A site that was quiet for so long is visited anew. */
    static final long QUIET_NANOS = 30 * 60 * 1_000_000_000L;

    private static final int SHARDS = 8;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final long SECONDS_A_DAY = 86_400;

    private final ZoneId zone;
    private final List<Shard> shards = new ArrayList<>();
    private final AtomicLong displaced = new AtomicLong();

    private record Pair(Address machine, String site, String category) {}

    private static final class Counts {
        String list = "";
        long day;
        long visits;
        long connections;
        long blocked;
        long first;
        long last;
    }

    private final class Shard {
        final ReentrantLock lock = new ReentrantLock();
        final Map<Pair, Counts> pairs = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Pair, Counts> eldest) {
                boolean full = size() > PAIRS_MAX / SHARDS;
                if (full) {
                    displaced.incrementAndGet();
                }
                return full;
            }
        };
    }

    /**
     * Nobody has gone anywhere.
     *
     * @param zone in which a day is a day
     */
    public Visits(ZoneId zone) {
        this.zone = zone;
        for (int i = 0; i < SHARDS; i++) {
            shards.add(new Shard());
        }
    }

    /**
     * A machine goes to a site that a list names.
     *
     * @param host as it was asked for
     * @param epochNanos when
     * @return true when a visit begins
     */
    public boolean note(Address machine, String host, Listing listing, boolean blocked, long epochNanos) {
        Pair pair = new Pair(machine, SiteName.of(host), listing.category());
        long today = day(epochNanos);
        Shard shard = shards.get(Math.floorMod(machine.hashCode(), SHARDS));
        shard.lock.lock();
        try {
            Counts counts = shard.pairs.computeIfAbsent(pair, _ -> new Counts());
            boolean begins = counts.last == 0 || epochNanos - counts.last > QUIET_NANOS;
            if (counts.day != today) {
                counts.day = today;
                counts.visits = 0;
                counts.connections = 0;
                counts.blocked = 0;
                counts.first = epochNanos;
            }
            counts.list = listing.list();
            counts.visits += begins || counts.visits == 0 ? 1 : 0;
            counts.connections++;
            counts.blocked += blocked ? 1 : 0;
            counts.last = Math.max(counts.last, epochNanos);
            return begins;
        } finally {
            shard.lock.unlock();
        }
    }

    private long day(long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, NANOS_A_SECOND);
        int offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
        return Math.floorDiv(seconds + offset, SECONDS_A_DAY);
    }

    /**
     * What a machine has done with a site on one day.
     *
     * @param visits with half an hour of quiet between them
     * @param connections that these took
     * @param blocked of them
     * @param firstEpochNanos when the first was
     * @param lastEpochNanos when the last was
     */
    public record SiteDay(
            Address machine,
            String site,
            String category,
            String list,
            long visits,
            long connections,
            long blocked,
            long firstEpochNanos,
            long lastEpochNanos) {}

    /** All of the day that this moment is in, the machines in order, each one's busiest sites first. */
    public List<SiteDay> day(Instant moment) {
        long wanted = day(moment.getEpochSecond() * NANOS_A_SECOND + moment.getNano());
        List<SiteDay> all = new ArrayList<>();
        for (Shard shard : shards) {
            shard.lock.lock();
            try {
                shard.pairs.forEach((pair, counts) -> {
                    if (counts.day == wanted) {
                        all.add(told(pair, counts));
                    }
                });
            } finally {
                shard.lock.unlock();
            }
        }
        all.sort(Comparator.comparing(SiteDay::machine)
                .thenComparing(Comparator.comparingLong(SiteDay::connections).reversed())
                .thenComparing(SiteDay::site));
        return all;
    }

    private static SiteDay told(Pair pair, Counts counts) {
        return new SiteDay(
                pair.machine(),
                pair.site(),
                pair.category(),
                counts.list,
                counts.visits,
                counts.connections,
                counts.blocked,
                counts.first,
                counts.last);
    }

    /** Pairs that had to go for newer ones. */
    public long displaced() {
        return displaced.get();
    }
}
