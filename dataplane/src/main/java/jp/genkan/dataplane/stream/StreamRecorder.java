package jp.genkan.dataplane.stream;

import static jp.genkan.dataplane.flow.TcpTracker.after;
import static jp.genkan.dataplane.flow.TcpTracker.before;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.dataplane.flow.TcpTracker;

/** Keeps octets of streams, within the limits, and compares later ones with them. One a reassembler. */
final class StreamRecorder {
    /** A direction may take one in so many of the pool's free octets, so that no few flows can use it up. */
    private static final int POOL_SHARE = 4;

    /** A segment adds at most one piece more than it touches. */
    private static final int PIECES_SPARE = 2;

    private final SegmentPool pool;
    private final MemorySegment memory;
    private final StreamLimits limits;
    private final LimitPolicy limitPolicy;
    private final OverlapPolicy overlapPolicy;
    private final Octets octets;
    private final CounterSet<StreamCounter> counters;
    private boolean different;

    StreamRecorder(
            SegmentPool pool,
            StreamLimits limits,
            LimitPolicy limitPolicy,
            OverlapPolicy overlapPolicy,
            Octets octets,
            CounterSet<StreamCounter> counters) {
        this.pool = pool;
        this.memory = pool.memory();
        this.limits = limits;
        this.limitPolicy = limitPolicy;
        this.overlapPolicy = overlapPolicy;
        this.octets = octets;
        this.counters = counters;
    }

    /** True once after octets were met that differ from those at the same place. */
    boolean takeDifferent() {
        boolean was = different;
        different = false;
        return was;
    }

    // ---- comparing

    /** True when the segment has other octets than were recorded at the same place. */
    boolean differs(StreamDirection direction) {
        int next = direction.next();
        int compared = 0;
        for (int piece = direction.tail();
                piece != 0 && after(pool.end(piece), octets.low);
                piece = pool.previous[piece]) {
            int from = after(pool.sequence[piece], octets.low) ? pool.sequence[piece] : octets.low;
            int end = endWithin(piece);
            if (!before(from, end)) {
                continue;
            }
            if (!isSame(piece, from, end)) {
                markDifferent();
                return true;
            }
            if (before(from, next)) {
                compared += (before(end, next) ? end : next) - from;
            }
        }
        if (before(octets.low, next)) {
            countUnverified(direction, compared, next);
        }
        return false;
    }

    /** Counts a segment whose old octets could not all be compared, though the receiver may still take them. */
    private void countUnverified(StreamDirection direction, int compared, int next) {
        int from = octets.low;
        boolean receiver = !direction.toServer();
        if (TcpTracker.isHeard(direction.flow(), receiver)) {
            int acknowledged = TcpTracker.acknowledged(direction.flow(), receiver);
            from = after(acknowledged, from) ? acknowledged : from;
        }
        int old = (before(octets.high, next) ? octets.high : next) - from;
        if (old > compared) {
            counters.increment(StreamCounter.SEGMENTS_UNVERIFIED);
        }
    }

    private boolean isSame(int piece, int from, int end) {
        long at = pool.address(piece) + (from - pool.sequence[piece]);
        long other = octets.offset(from);
        int count = end - from;
        return MemorySegment.mismatch(octets.bytes(), other, other + count, memory, at, at + count) < 0;
    }

    private int endWithin(int piece) {
        return before(pool.end(piece), octets.high) ? pool.end(piece) : octets.high;
    }

    private void markDifferent() {
        different = true;
        counters.increment(StreamCounter.OVERLAPS_DIFFERENT);
    }

    private boolean replaces(int piece) {
        return overlapPolicy.replaces(octets.low, octets.high, pool.originStart[piece], pool.originEnd[piece]);
    }

    /** Passive: the segment, which is about to be read, replaces a waiting piece's octets where the receiver would do so. */
    void overwrite(int piece) {
        int from = pool.sequence[piece];
        int end = endWithin(piece);
        if (isSame(piece, from, end)) {
            return;
        }
        markDifferent();
        if (replaces(piece)) {
            MemorySegment.copy(octets.bytes(), octets.offset(from), memory, pool.address(piece), end - from);
        }
    }

    // ---- beyond a gap

    /**
     * Records the segment's octets. Where others wait already, inline they are the same; passively, the policy says which stay.
     *
     * @return false when a limit was reached; what was recorded until then stays
     */
    boolean record(StreamDirection direction, StreamMode mode) {
        if (!fits(direction, octets.high - octets.low)) {
            return false;
        }
        int at = octets.low;
        int place = direction.lastBefore(at);
        while (before(at, octets.high)) {
            int piece = direction.following(place);
            if (piece == 0 || !before(pool.sequence[piece], octets.high)) {
                return store(direction, place, at, octets.high) != 0;
            }
            if (after(pool.sequence[piece], at)) {
                place = store(direction, place, at, pool.sequence[piece]);
                if (place == 0) {
                    return false;
                }
                at = pool.sequence[piece];
            }
            int end = endWithin(piece);
            place = mode.isPassive() ? resolve(direction, piece, at, end) : piece;
            if (place == 0) {
                return false;
            }
            at = end;
        }
        return true;
    }

    /** Decides between a waiting piece and the segment. Returns the last piece before the place behind the overlap, 0 when memory ran out. */
    private int resolve(StreamDirection direction, int piece, int from, int end) {
        if (!isSame(piece, from, end)) {
            markDifferent();
        }
        return replaces(piece) ? replace(direction, piece, from, end) : piece;
    }

    /** Puts octets of the segment in the place of a piece's; what is left of the piece before and behind them stays. */
    private int replace(StreamDirection direction, int piece, int from, int end) {
        int behind = pool.end(piece) - end;
        int before = from - pool.sequence[piece];
        if (behind > 0 && before == 0) {
            pool.sequence[piece] += end - from;
            pool.start[piece] += end - from;
            pool.length[piece] -= end - from;
            direction.addBytes(from - end);
            return store(direction, pool.previous[piece], from, end);
        }
        if (behind > 0) {
            copyRest(direction, piece, behind);
        }
        int place = pool.previous[piece];
        if (before > 0) {
            direction.addBytes(before - pool.length[piece]);
            pool.length[piece] = before;
            place = piece;
        } else {
            direction.remove(piece);
        }
        return store(direction, place, from, end);
    }

    /** Makes a piece of its own of a piece's last octets; without memory they are lost, and become a gap. */
    private void copyRest(StreamDirection direction, int piece, int count) {
        int rest = pool.take(count);
        if (rest == 0) {
            return;
        }
        if (pool.room(rest) < count) {
            pool.give(rest);
            return;
        }
        MemorySegment.copy(memory, pool.address(piece) + pool.length[piece] - count, memory, pool.address(rest), count);
        pool.sequence[rest] = pool.end(piece) - count;
        pool.length[rest] = count;
        pool.originStart[rest] = pool.originStart[piece];
        pool.originEnd[rest] = pool.originEnd[piece];
        direction.insert(piece, rest);
        direction.addBytes(count);
    }

    // ---- keeping

    /**
     * Keeps octets that were inspected.
     *
     * @return false when there was no room for all of them
     */
    boolean keep(StreamDirection direction, int from, int end) {
        if (fits(direction, end - from) && store(direction, direction.lastBefore(from), from, end) != 0) {
            return true;
        }
        counters.increment(StreamCounter.NOT_KEPT);
        return false;
    }

    /** Whether so many octets may be kept; forgets the oldest inspected ones of this direction to make room. */
    boolean fits(StreamDirection direction, int count) {
        long allowed = Math.min(limits.directionBytesMax(), (pool.freeBytes() + direction.bytes()) / POOL_SHARE);
        while (direction.bytes() + count > allowed
                || direction.pieces() + PIECES_SPARE > limits.directionSegmentsMax()) {
            int head = direction.head();
            boolean inspected = head != 0 && !after(pool.end(head), direction.next());
            if (!inspected || limitPolicy == LimitPolicy.CLOSED || count > allowed) {
                return false;
            }
            counters.increment(StreamCounter.FORGOTTEN);
            direction.remove(head);
        }
        return true;
    }

    /**
     * Stores octets of the segment behind a piece, or at the front for 0.
     *
     * @return the last piece, or 0 when the pool is used up
     */
    private int store(StreamDirection direction, int place, int from, int end) {
        int last = place;
        int at = from;
        if (last != 0 && pool.end(last) == at && isJoinable(direction, last)) {
            at += append(direction, last, at, end);
        }
        while (before(at, end)) {
            int piece = pool.take(bufferSize(direction, end - at));
            if (piece == 0) {
                return 0;
            }
            pool.sequence[piece] = at;
            pool.originStart[piece] = octets.low;
            pool.originEnd[piece] = octets.high;
            direction.insert(last, piece);
            at += append(direction, piece, at, end);
            last = piece;
        }
        return last;
    }

    /** Only pieces that were inspected grow: of the others it matters who brought them. */
    private boolean isJoinable(StreamDirection direction, int piece) {
        return !after(pool.end(piece), direction.next());
    }

    private int append(StreamDirection direction, int piece, int from, int end) {
        int count = Math.min(end - from, pool.room(piece));
        MemorySegment.copy(
                octets.bytes(), octets.offset(from), memory, pool.address(piece) + pool.length[piece], count);
        pool.length[piece] += count;
        direction.addBytes(count);
        return count;
    }

    /** Flows that keep much get larger buffers, so that their lists stay short. */
    private static int bufferSize(StreamDirection direction, int count) {
        return Math.max(count, Math.min(direction.bytes() / 4, SegmentPool.LARGE));
    }
}
