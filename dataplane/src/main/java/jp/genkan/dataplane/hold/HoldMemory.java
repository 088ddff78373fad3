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

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;
    private final int[] given;
    private int givenCount;
    private int untouched;
    private final int chunks;

    HoldMemory(long octets) {
        chunks = (int) (octets / CHUNK);
        segment = chunks == 0 ? MemorySegment.NULL : Memory.zeroed((long) chunks * CHUNK, arena);
        given = new int[chunks];
    }

    MemorySegment segment() {
        return segment;
    }

    /** Chunks that can be taken. */
    int free() {
        return givenCount + chunks - untouched;
    }

    /** Takes a chunk; there must be one. */
    int take() {
        return givenCount > 0 ? given[--givenCount] : untouched++;
    }

    void give(int chunk) {
        given[givenCount++] = chunk;
    }

    long address(int chunk) {
        return (long) chunk * CHUNK;
    }

    @Override
    public void close() {
        arena.close();
    }
}
