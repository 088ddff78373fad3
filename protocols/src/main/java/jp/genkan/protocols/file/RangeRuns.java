package jp.genkan.protocols.file;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.protocols.conversation.OctetBuffer;

/**
 * One file that comes in parts: octets at the frontier go straight to the {@link JoinedFile}, those behind a hole wait in runs. Of octets that come
 * twice the first count. Thread rule: one worker.
 */
public final class RangeRuns {
    /** Most runs that wait: twice the parts that download managers fetch at a time. */
    public static final int RUNS_MAX = 64;

    /** What {@link OctetBuffer} takes at least. */
    private static final int BUFFER_MIN = 256;

    private record Run(long start, OctetBuffer octets) {
        long end() {
            return start + octets.length();
        }
    }

    private final long size;
    private final JoinedFile joined;
    private final List<Run> runs = new ArrayList<>(); // by start, without overlap, all behind the frontier
    private long frontier;
    private long memory;

    /**
     * A file of which nothing has come.
     *
     * @param size of the whole; {@link Long#MAX_VALUE} when it is not known
     */
    public RangeRuns(long size, JoinedFile joined) {
        this.size = size;
        this.joined = joined;
    }

    JoinedFile joined() {
        return joined;
    }

    /** Octets of memory that the runs take. */
    public long memory() {
        return memory;
    }

    /** True when every octet has come. */
    public boolean isWhole() {
        return frontier == size;
    }

    /**
     * Octets at this place of the file; what lies beyond its size is ignored.
     *
     * @param roomMax octets of memory that this file may take
     * @return false when there is no room for them
     */
    public boolean put(long place, byte[] octets, int from, int to, long roomMax) {
        long at = place;
        int index = from;
        int end = from + (int) Math.min(to - from, Math.max(0, size - place));
        while (index < end) {
            if (at < frontier) {
                long skip = Math.min(frontier - at, end - index);
                index += (int) skip;
                at += skip;
            } else if (at == frontier) {
                int count = (int) Math.min(
                        end - index,
                        runs.isEmpty() ? Long.MAX_VALUE : runs.getFirst().start() - at);
                joined.octets(octets, index, index + count);
                frontier += count;
                index += count;
                at += count;
                drain();
            } else {
                int count = keep(at, octets, index, end, roomMax);
                if (count < 0) {
                    return false;
                }
                index += count;
                at += count;
            }
        }
        return true;
    }

    /** Where the next octet is expected that goes straight through. */
    public long frontier() {
        return frontier;
    }

    /** Where the first octets wait, -1 when none do. */
    public long firstWaiting() {
        return runs.isEmpty() ? -1 : runs.getFirst().start();
    }

    /** Begins the file at this place: what lies before it was not asked for. Only while nothing has gone through. */
    public void beginAt(long place) {
        frontier = place;
        drain();
    }

    /** Octets up to this place will not come: they are told as a gap, and what waited behind them goes through. */
    public void skipTo(long place) {
        if (place > frontier) {
            joined.gap(place - frontier);
            frontier = place;
            drain();
        }
    }

    private void drain() {
        while (!runs.isEmpty() && runs.getFirst().start() <= frontier) {
            Run run = runs.removeFirst();
            OctetBuffer waiting = run.octets();
            joined.octets(waiting.array(), waiting.begin(), waiting.end());
            frontier = run.end();
            memory -= waiting.array().length;
        }
    }

    /** Keeps as many as fit before the next run; returns how many were dealt with, -1 when there is no room. */
    private int keep(long at, byte[] octets, int index, int end, long roomMax) {
        int before = lastNotBehind(at);
        Run run = before < 0 ? null : runs.get(before);
        if (run != null && at < run.end()) {
            return (int) Math.min(run.end() - at, end - index);
        }
        long next = before + 1 < runs.size() ? runs.get(before + 1).start() : size;
        int count = (int) Math.min(end - index, next - at);
        if (run == null || run.end() < at || run.octets().room() < count) {
            if (runs.size() >= RUNS_MAX) {
                return -1;
            }
            run = new Run(at, new OctetBuffer(Integer.MAX_VALUE / 4));
            runs.add(before + 1, run);
        }
        // a buffer doubles when it is full: that is what must find room
        int had = run.octets().array().length;
        if (run.octets().length() + (long) count > had
                && memory + Math.max(Math.max(had, BUFFER_MIN), count) > roomMax) {
            return -1;
        }
        run.octets().append(octets, index, index + count);
        memory += run.octets().array().length - had;
        return count;
    }

    private int lastNotBehind(long at) {
        int low = 0;
        int high = runs.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            if (runs.get(middle).start() <= at) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
