package jp.genkan.protocols.file;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole files of the parts that a client fetches: by the ranges of HTTP, in one connection or many. Parts that come in order need no memory;
 * those that come too early wait. Bounded by {@link Limits}: the file that was not touched the longest is given up first.
 *
 * <p>Thread rule: one worker; parts whose flows belong to different workers do not meet.
 */
public final class RangeJoiner {
    /**
     * What may be kept.
     *
     * @param filesMax files at a time
     * @param octetsMax octets of all files that wait for those before them
     * @param silenceNanos how long a file may wait for its next octets
     */
    public record Limits(int filesMax, long octetsMax, long silenceNanos) {
        /** 1,024 files and 16 MiB a worker: the usual three to eight parts of a download are a few MiB apart. Two minutes: a client that pauses longer asks anew. */
        public static final Limits DEFAULT = new Limits(1024, 16L << 20, 120_000_000_000L);

        public Limits {
            if (filesMax < 1 || octetsMax < 1 || silenceNanos < 1) {
                throw new IllegalArgumentException(
                        "limits must be positive: " + filesMax + ", " + octetsMax + ", " + silenceNanos);
            }
        }
    }

    /** Longest name of a resource that is remembered; files with longer ones are not joined. As long as common servers let a request line be. */
    public static final int RESOURCE_LENGTH_MAX = 8192;

    private record Key(Address client, String resource, long size) {}

    private static final class Joining {
        final Key key;
        final RangeRuns runs;
        long touchedNanos;
        boolean over;

        Joining(Key key, RangeRuns runs) {
            this.key = key;
            this.runs = runs;
        }
    }

    /** One part on its way. Thread rule: the joiner's worker. */
    public final class Part {
        private final Joining joining;
        private long place;

        Part(Joining joining, long place) {
            this.joining = joining;
            this.place = place;
        }

        /** The next octets of this part. */
        public void onOctets(byte[] octets, int from, int to, long nowNanos) {
            if (!joining.over) {
                put(joining, place, octets, from, to, nowNanos);
            }
            place += to - from;
        }

        /** Octets of this part are missing. */
        public void onGap(long missing) {
            place += missing;
        }
    }

    private final Limits limits;
    private final Map<Key, Joining> joinings =
            new LinkedHashMap<>(16, 0.75f, true); // the one touched longest ago is first
    private long memory;
    private long abandoned;

    /** Joins nothing yet. */
    public RangeJoiner(Limits limits) {
        this.limits = limits;
    }

    /**
     * A part begins.
     *
     * @param client who fetches it
     * @param resource host and path, or whatever else names the file
     * @param start place of its first octet in the file
     * @param size of the whole file
     * @param begun makes what takes the whole file; called when this is the first part of it
     * @return where its octets go; null when it cannot be joined
     */
    public @Nullable Part begin(
            Address client, String resource, long start, long size, long nowNanos, Supplier<JoinedFile> begun) {
        expire(nowNanos);
        if (size < 1 || start < 0 || start >= size || resource.length() > RESOURCE_LENGTH_MAX) {
            return null;
        }
        Key key = new Key(client, resource, size);
        Joining joining = joinings.get(key);
        if (joining == null) {
            if (joinings.size() >= limits.filesMax()) {
                abandonOldest();
            }
            joining = new Joining(key, new RangeRuns(size, begun.get()));
            joinings.put(key, joining);
        }
        joining.touchedNanos = nowNanos;
        return new Part(joining, start);
    }

    private void put(Joining joining, long place, byte[] octets, int from, int to, long nowNanos) {
        joining.touchedNanos = nowNanos;
        joinings.get(joining.key); // moves it to the end of the order
        long had = joining.runs.memory();
        boolean fits = joining.runs.put(place, octets, from, to, had + limits.octetsMax() - memory);
        memory += joining.runs.memory() - had;
        if (!fits) {
            abandon(joining);
        } else if (joining.runs.isWhole()) {
            remove(joining);
            joining.runs.joined().complete();
        }
    }

    /** Gives up the files that were silent for too long; called at times, and by {@link #begin}. */
    public void expire(long nowNanos) {
        while (!joinings.isEmpty() && nowNanos - oldest().touchedNanos > limits.silenceNanos()) {
            abandonOldest();
        }
    }

    /** Gives up everything: no more octets will come. */
    public void abandonAll() {
        while (!joinings.isEmpty()) {
            abandonOldest();
        }
    }

    /** Files that are being joined. */
    public int files() {
        return joinings.size();
    }

    /** Octets of memory that wait. */
    public long memory() {
        return memory;
    }

    /** Files that were given up since the start. */
    public long abandoned() {
        return abandoned;
    }

    private Joining oldest() {
        Iterator<Joining> all = joinings.values().iterator();
        return all.next();
    }

    private void abandonOldest() {
        abandon(oldest());
    }

    private void abandon(Joining joining) {
        remove(joining);
        abandoned++;
        joining.runs.joined().abandoned();
    }

    private void remove(Joining joining) {
        joining.over = true;
        joinings.remove(joining.key);
        memory -= joining.runs.memory();
    }
}
