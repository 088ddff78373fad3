package jp.genkan.core.fragment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One datagram under way: the octets that have come, each at its place, and which ranges they are.
 *
 * <pre>
 * memory:  [ ...header of the first fragment | payload, from octet 0 to 65,534 ]
 *                                            ▲ HEADROOM
 * pieces:  disjoint ranges of the payload, ascending, each what is left of one fragment
 * </pre>
 */
final class Datagram {
    /** Room for the IP header and what cannot be fragmented; a longer chain of IPv6 headers than this is cut down to the first. */
    static final int HEADROOM = 256;

    static final int PAYLOAD_MAX = 65_535;
    static final int MEMORY_LENGTH = HEADROOM + PAYLOAD_MAX + 1;

    private static final int UNKNOWN = -1;
    private static final int[] NO_PIECES = {};
    private static final int FIRST_PIECES = 16;

    /** What came of adding a fragment. */
    enum Outcome {
        /** Its octets are held as far as the policy lets them. */
        ADDED,
        /** It overlapped, with the same octets. */
        OVERLAP_SAME,
        /** It overlapped, with different octets. */
        OVERLAP_DIFFERENT,
        /** It contradicts the known end of the datagram. */
        END_CONTRADICTED,
        /** There are more fragments than the limit allows. */
        TOO_MANY
    }

    // ---- what identifies it, and its place in the table; the table's own
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    /** Identification, protocol, version and depth in one number. */
    long identity;

    long vlanIds;
    long firstNanos;
    int bucketNext;
    int older;
    int newer;

    // ---- what has come
    /** No more is collected; later fragments are left out until the time is up. */
    boolean givenUp;
    /** Bits of what was odd about any fragment. */
    long anomalies;
    /** Octets of the header before {@link #HEADROOM}; 0 until the first fragment has come. */
    int headerLength;

    /** As long as a datagram of this entry has needed so far. */
    private int[] starts = NO_PIECES;

    private int[] ends = NO_PIECES;
    private final int[] nextStarts;
    private final int[] nextEnds;
    private final int fragmentsMax;
    private int pieces;
    private int nextPieces;
    private int fragments;
    private int held;
    private int highest;
    private int total;
    private @Nullable MemorySegment memory;

    /**
     * An entry of the table.
     *
     * @param nextStarts room to write the next list of pieces in, shared by all entries
     * @param nextEnds as long as the other
     */
    Datagram(int fragmentsMax, int[] nextStarts, int[] nextEnds) {
        this.fragmentsMax = fragmentsMax;
        this.nextStarts = nextStarts;
        this.nextEnds = nextEnds;
    }

    /** Most pieces there can be: each fragment brings two boundaries at most. */
    static int piecesMax(int fragmentsMax) {
        return 2 * fragmentsMax + 2;
    }

    /** Octets of the link layer before the header; 0 where there is no room for them. */
    int linkLength;

    /** Makes it ready for another datagram. */
    void clear() {
        givenUp = false;
        anomalies = 0;
        headerLength = 0;
        linkLength = 0;
        pieces = 0;
        fragments = 0;
        held = 0;
        highest = 0;
        total = UNKNOWN;
    }

    /** The memory, made at its first use. */
    MemorySegment memory(Arena arena) {
        MemorySegment made = memory;
        if (made == null) {
            made = arena.allocate(MEMORY_LENGTH, 8);
            memory = made;
        }
        return made;
    }

    /** True when every octet from the first to the last has come, and the header too. */
    boolean isComplete() {
        return held == total && headerLength != 0;
    }

    /** Octets of the payload, once complete. */
    int length() {
        return total;
    }

    /**
     * Adds a fragment.
     *
     * @param into this datagram's memory
     * @param from where the fragment's octets are
     * @param offset of the first of them
     * @param start octets of the datagram before the fragment
     * @param end octets of the datagram up to the end of the fragment, above {@code start} and at most {@link #PAYLOAD_MAX}
     * @param last true when no more follow
     */
    Outcome add(
            MemorySegment into,
            MemorySegment from,
            long offset,
            int start,
            int end,
            boolean last,
            OverlapPolicy policy) {
        if (++fragments > fragmentsMax) {
            return Outcome.TOO_MANY;
        }
        if (total != UNKNOWN ? end > total || last && end != total : last && end < highest) {
            return Outcome.END_CONTRADICTED;
        }
        if (last) {
            total = end;
        }
        boolean behindAll = start >= highest;
        highest = Math.max(highest, end);
        return behindAll ? append(into, from, offset, start, end) : merge(into, from, offset, start, end, policy);
    }

    /** What nearly every fragment is: the next one. Costs the same however many there are. */
    private Outcome append(MemorySegment into, MemorySegment from, long offset, int start, int end) {
        MemorySegment.copy(from, offset, into, HEADROOM + start, end - start);
        makeRoom(pieces + 1);
        starts[pieces] = start;
        ends[pieces++] = end;
        held += end - start;
        return Outcome.ADDED;
    }

    /** Walks the pieces that are held from left to right and writes the list as it is with the new fragment. */
    private Outcome merge(
            MemorySegment into, MemorySegment from, long offset, int start, int end, OverlapPolicy policy) {
        boolean overlaps = false;
        boolean differs = false;
        int placed = start; // the new fragment's octets before this one have found their place or lost it
        nextPieces = 0;
        for (int piece = 0; piece < pieces; piece++) {
            int oldStart = starts[piece];
            int oldEnd = ends[piece];
            if (oldEnd <= start) {
                emit(oldStart, oldEnd);
                continue;
            }
            if (oldStart >= end) {
                placed = place(into, from, offset, start, placed, end);
                emit(oldStart, oldEnd);
                continue;
            }
            overlaps = true;
            differs |= differ(into, from, offset, start, Math.max(start, oldStart), Math.min(end, oldEnd));
            if (policy.newWins(oldStart, oldEnd, start, end)) {
                emit(oldStart, Math.min(start, oldEnd));
                if (oldEnd > end) {
                    placed = place(into, from, offset, start, placed, end);
                    emit(end, oldEnd);
                }
            } else {
                place(into, from, offset, start, placed, Math.min(oldStart, end));
                emit(oldStart, oldEnd);
                placed = Math.max(placed, oldEnd);
            }
        }
        place(into, from, offset, start, placed, end);
        takeOver();
        return !overlaps ? Outcome.ADDED : differs ? Outcome.OVERLAP_DIFFERENT : Outcome.OVERLAP_SAME;
    }

    /** Puts octets of the new fragment into their place, if there are any left. */
    private int place(MemorySegment into, MemorySegment from, long offset, int start, int first, int end) {
        if (first < end) {
            MemorySegment.copy(from, offset + first - start, into, HEADROOM + first, end - first);
            emit(first, end);
        }
        return Math.max(first, end);
    }

    private static boolean differ(MemorySegment into, MemorySegment from, long offset, int start, int first, int end) {
        long other = offset + first - start;
        return MemorySegment.mismatch(from, other, other + end - first, into, HEADROOM + first, HEADROOM + end) >= 0;
    }

    private void emit(int start, int end) {
        if (start < end) {
            nextStarts[nextPieces] = start;
            nextEnds[nextPieces++] = end;
        }
    }

    private void makeRoom(int needed) {
        if (needed > starts.length) {
            int length = Math.min(nextStarts.length, Math.max(FIRST_PIECES, 2 * needed));
            starts = Arrays.copyOf(starts, length);
            ends = Arrays.copyOf(ends, length);
        }
    }

    private void takeOver() {
        pieces = nextPieces;
        makeRoom(pieces);
        held = 0;
        for (int piece = 0; piece < pieces; piece++) {
            starts[piece] = nextStarts[piece];
            ends[piece] = nextEnds[piece];
            held += ends[piece] - starts[piece];
        }
    }

    /** True when a fragment of exactly this range is held. */
    boolean holdsExactly(int start, int end) {
        for (int piece = 0; piece < pieces; piece++) {
            if (starts[piece] == start && ends[piece] == end) {
                return true;
            }
        }
        return false;
    }
}
