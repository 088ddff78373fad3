package jp.genkan.dataplane.hold;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jp.genkan.dataplane.linux.Memory;

/**
 * The memory of one worker's held octets: chunks of one size; what was never used takes none of the machine's.
 *
 * <p>Thread rule: one worker.
 */
final class HoldMemory implements AutoCloseable {
    /** Octets of a chunk: as many as one super-frame has; a small mail wastes half of one. */
    static final int CHUNK = 1 << 16;

    /** Octets that stay for the next transfers when nothing is held. */
    private static final long OCTETS_KEPT = 8L << 20;

    /** So long nothing has to be held before the rest is given back. */
    private static final long QUIET_NANOS = 5_000_000_000L;

    private static final long BUSY = Long.MIN_VALUE;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;
    private final int[] given;
    private int givenCount;
    private int untouched;
    private final int chunks;
    private final long octetsMax;
    private long used;
    /** Since when nothing is held. */
    private long quietSince = BUSY;

    /**
     * For so many octets in so many directions, whose last chunks may be nearly empty: only pages that were written to are the machine's.
     *
     * @param directions held at a time
     */
    HoldMemory(long octets, int directions) {
        octetsMax = octets;
        chunks = octets == 0 ? 0 : (int) (octets / CHUNK) + directions;
        segment = chunks == 0 ? MemorySegment.NULL : Memory.zeroed((long) chunks * CHUNK, arena);
        given = new int[chunks];
    }

    MemorySegment segment() {
        return segment;
    }

    /** Octets that can be added. */
    long octetsFree() {
        return octetsMax - used;
    }

    /** Octets were added to chunks, or, negative, given up. */
    void uses(long octets) {
        used += octets;
    }

    /** Chunks that can be taken. */
    int free() {
        return givenCount + chunks - untouched;
    }

    /** Takes a chunk; there must be one. */
    int take() {
        quietSince = BUSY;
        return givenCount > 0 ? given[--givenCount] : untouched++;
    }

    void give(int chunk) {
        given[givenCount++] = chunk;
    }

    /** Gives memory back to the system that was used in a busy time, when that is over. To be called now and then. */
    void rest(long nanos) {
        if (givenCount < untouched || (long) untouched * CHUNK <= OCTETS_KEPT) {
            return;
        }
        if (quietSince == BUSY) {
            quietSince = nanos;
        } else if (nanos - quietSince > QUIET_NANOS) {
            Memory.discard(segment.asSlice(0, (long) untouched * CHUNK));
            untouched = 0;
            givenCount = 0;
        }
    }

    long address(int chunk) {
        return (long) chunk * CHUNK;
    }

    @Override
    public void close() {
        arena.close();
    }
}
