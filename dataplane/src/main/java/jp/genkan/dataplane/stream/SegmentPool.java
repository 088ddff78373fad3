package jp.genkan.dataplane.stream;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jp.genkan.dataplane.linux.Memory;

/**
 * The pieces of streams that a worker keeps: a fixed number of buffers in three sizes, and what is known of each piece. A piece is a number from 1;
 * 0 is none. Pieces of one direction form a list in the order of their sequence numbers and never overlap.
 */
final class SegmentPool implements AutoCloseable {
    static final int SMALL = 2_048;
    static final int MEDIUM = 16_384;
    static final int LARGE = 65_536;
    private static final int SIZES = 3;

    /** Sequence number of the first octet. */
    final int[] sequence;
    /** Octets. */
    final int[] length;
    /** Octets of the buffer before the first. */
    final int[] start;
    /** Neighbours in the list. */
    final int[] previous;

    final int[] next;
    /** Sequence numbers of the segment that brought the piece: its neighbours may have taken parts of it. */
    final int[] originStart;

    final int[] originEnd;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int[] capacities = {SMALL, MEDIUM, LARGE};
    private final int[] firsts = new int[SIZES + 1];
    private final long[] bases = new long[SIZES];
    private final int[] free = new int[SIZES];
    private long freeBytes;

    SegmentPool(StreamLimits limits) {
        int[] counts = {limits.smallBuffers(), limits.mediumBuffers(), limits.largeBuffers()};
        long bytes = 0;
        firsts[0] = 1;
        for (int size = 0; size < SIZES; size++) {
            bases[size] = bytes;
            bytes += (long) counts[size] * capacities[size];
            firsts[size + 1] = firsts[size] + counts[size];
        }
        int pieces = firsts[SIZES];
        memory = Memory.zeroed(bytes, arena);
        sequence = new int[pieces];
        length = new int[pieces];
        start = new int[pieces];
        previous = new int[pieces];
        next = new int[pieces];
        originStart = new int[pieces];
        originEnd = new int[pieces];
        for (int size = 0; size < SIZES; size++) {
            for (int piece = firsts[size + 1] - 1; piece >= firsts[size]; piece--) {
                next[piece] = free[size];
                free[size] = piece;
            }
        }
        freeBytes = bytes;
    }

    MemorySegment memory() {
        return memory;
    }

    /** Where the piece's first octet lies in {@link #memory}. */
    long address(int piece) {
        int size = sizeOf(piece);
        return bases[size] + (long) (piece - firsts[size]) * capacities[size] + start[piece];
    }

    /** Octets that can still be appended to the piece. */
    int room(int piece) {
        return capacities[sizeOf(piece)] - start[piece] - length[piece];
    }

    /** Sequence number behind the last octet. */
    int end(int piece) {
        return sequence[piece] + length[piece];
    }

    /** Octets in buffers that are free. */
    long freeBytes() {
        return freeBytes;
    }

    /**
     * Takes a buffer: the smallest free one that holds so many octets, else the largest free one.
     *
     * @return an empty piece, or 0 when none is free
     */
    int take(int octets) {
        int chosen = -1;
        for (int size = 0; size < SIZES; size++) {
            if (free[size] != 0 && (chosen < 0 || capacities[chosen] < octets)) {
                chosen = size;
            }
        }
        if (chosen < 0) {
            return 0;
        }
        int piece = free[chosen];
        free[chosen] = next[piece];
        freeBytes -= capacities[chosen];
        start[piece] = 0;
        length[piece] = 0;
        next[piece] = 0;
        previous[piece] = 0;
        return piece;
    }

    void give(int piece) {
        int size = sizeOf(piece);
        next[piece] = free[size];
        free[size] = piece;
        freeBytes += capacities[size];
    }

    private int sizeOf(int piece) {
        int size = 0;
        while (piece >= firsts[size + 1]) {
            size++;
        }
        return size;
    }

    @Override
    public void close() {
        arena.close();
    }
}
