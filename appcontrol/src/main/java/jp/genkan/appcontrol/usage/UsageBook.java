package jp.genkan.appcontrol.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.genkan.core.frame.Address;

/**
 * Totals of use by day, machine and application, added up as flows end.
 *
 * <p>Bounded: when a day has {@link #ROWS_MAX} rows, further applications of a machine go into its row {@link #OTHERS}; when even that is new, they are counted as lost. Days
 * before the last {@link #DAYS_MAX} are forgotten.
 *
 * <p>Thread rule: any thread; a call holds the lock for less than a microsecond, and is made once a flow.
 */
public final class UsageBook {
    /** Rows of a day: 100 machines with 200 applications each. */
    public static final int ROWS_MAX = 20_000;

    /** Days that are kept: a month's report, made some days later. */
    public static final int DAYS_MAX = 40;

    /** What applications beyond the limit are counted as. */
    public static final String OTHERS = "Others";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_MINUTE = 60;

    private final ZoneId zone;
    private final TreeMap<LocalDate, Map<Key, Total>> days = new TreeMap<>();
    private long lost;

    /** A book whose days begin at midnight in a zone. */
    public UsageBook(ZoneId zone) {
        this.zone = zone;
    }

    private record Key(Address machine, String application) {}

    private static final class Total {
        final String category;
        long bytesOut;
        long bytesIn;
        long flows;
        /** Minutes that were counted before a restart. */
        int minutesBefore;
        /** Bits of the minutes since. */
        final long[] minutes = new long[(Usage.MINUTES + Long.SIZE - 1) / Long.SIZE];

        Total(String category) {
            this.category = category;
        }

        int minuteCount() {
            int count = minutesBefore;
            for (long word : minutes) {
                count += Long.bitCount(word);
            }
            return Math.min(count, Usage.MINUTES);
        }

        void open(int fromMinute, int toMinute) {
            for (int minute = fromMinute; minute <= toMinute; minute++) {
                minutes[minute / Long.SIZE] |= 1L << minute % Long.SIZE;
            }
        }
    }

    /**
     * A flow has ended. What it carried counts for the day of its end, its minutes for that day alone.
     *
     * @param machine the end inside
     * @param fromNanos its first packet, nanoseconds since 1970
     * @param toNanos its last packet
     */
    public synchronized void add(
            Address machine,
            String application,
            String category,
            long bytesOut,
            long bytesIn,
            long fromNanos,
            long toNanos) {
        long second = Math.floorDiv(toNanos, NANOS_PER_SECOND);
        var ended = Instant.ofEpochSecond(second).atZone(zone);
        Total total = total(ended.toLocalDate(), machine, application, category);
        if (total == null) {
            lost++;
            return;
        }
        total.bytesOut += Math.max(0, bytesOut);
        total.bytesIn += Math.max(0, bytesIn);
        total.flows++;
        int last = ended.getHour() * SECONDS_PER_MINUTE + ended.getMinute();
        long lasted = Math.max(0, (toNanos - fromNanos) / NANOS_PER_SECOND / SECONDS_PER_MINUTE);
        total.open((int) Math.max(0, last - lasted), last);
    }

    private @org.jspecify.annotations.Nullable Total total(
            LocalDate day, Address machine, String application, String category) {
        Map<Key, Total> rows = days.computeIfAbsent(day, any -> new HashMap<>());
        while (days.size() > DAYS_MAX) {
            days.pollFirstEntry();
        }
        Key key = new Key(machine, application);
        Total known = rows.get(key);
        if (known != null) {
            return known;
        }
        if (rows.size() >= ROWS_MAX) {
            return rows.get(new Key(machine, OTHERS));
        }
        Total made = new Total(category);
        rows.put(key, made);
        if (rows.size() == ROWS_MAX - 1) { // the last place is for what comes too late
            rows.putIfAbsent(new Key(machine, OTHERS), new Total(""));
        }
        return made;
    }

    /** Puts back what was stored. */
    public synchronized void restore(Usage stored) {
        Total total = total(stored.day(), stored.machine(), stored.application(), stored.category());
        if (total != null) {
            total.bytesOut += stored.bytesOut();
            total.bytesIn += stored.bytesIn();
            total.flows += stored.flows();
            total.minutesBefore += stored.minutes();
        }
    }

    /** Flows that could not be counted. */
    public synchronized long lost() {
        return lost;
    }

    /** The days that there are totals of, the earliest first. */
    public synchronized List<LocalDate> days() {
        return List.copyOf(days.keySet());
    }

    /** The totals of a day, the most octets first; none when there are none. */
    public synchronized List<Usage> of(LocalDate day) {
        List<Usage> list = new ArrayList<>();
        days.getOrDefault(day, Map.of())
                .forEach((key, total) -> list.add(new Usage(
                        day,
                        key.machine,
                        key.application,
                        total.category,
                        total.bytesOut,
                        total.bytesIn,
                        total.minuteCount(),
                        total.flows)));
        list.sort(Comparator.comparingLong((Usage usage) -> usage.bytesOut() + usage.bytesIn())
                .reversed());
        return list;
    }

    /** Today, by this book's zone. */
    public LocalDate today(Instant now) {
        return now.atZone(zone).toLocalDate();
    }
}
