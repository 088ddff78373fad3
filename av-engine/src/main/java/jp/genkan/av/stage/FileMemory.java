package jp.genkan.av.stage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Native memory in which a worker gathers files. Most files are small: their blocks are used again. A larger file has blocks of its own, each four times the one
 * before, which the pool may read.
 *
 * <p>Thread rule: one worker; the octets of a lease that is handed to the pool may be read there until the worker gives it back.
 */
final class FileMemory implements AutoCloseable {
    /** Most pages, scripts and pictures are smaller. */
    static final int SMALL = 64 << 10;

    private static final int GROWTH = 4;

    /** Small blocks that are kept for the next files. */
    private static final int KEPT = 64;

    private final long octetsMax;
    private final ArrayDeque<Block> kept = new ArrayDeque<>();
    private long octets;

    /** For at most so many octets at a time. */
    FileMemory(long octetsMax) {
        this.octetsMax = octetsMax;
    }

    /** Octets in use. */
    long octets() {
        return octets;
    }

    Lease lease() {
        return new Lease();
    }

    private @Nullable Block take(long size) {
        if (octets + size > octetsMax) {
            return null;
        }
        octets += size;
        Block block = size == SMALL ? kept.poll() : null;
        if (block != null) {
            return block;
        }
        Arena arena = Arena.ofShared();
        return new Block(arena, arena.allocate(size));
    }

    private void giveBack(Block block) {
        octets -= block.memory.byteSize();
        if (block.memory.byteSize() == SMALL && kept.size() < KEPT) {
            kept.push(block);
        } else {
            block.arena.close();
        }
    }

    @Override
    public void close() {
        kept.forEach(block -> block.arena.close());
        kept.clear();
    }

    private record Block(Arena arena, MemorySegment memory) {}

    /** The octets of one file, from its beginning. */
    final class Lease {
        private @Nullable Block block;
        private long size;

        long size() {
            return size;
        }

        /** Octets gathered so far; only good until the next of them, or until it is given back. */
        MemorySegment octets() {
            return block == null ? MemorySegment.NULL : block.memory.asSlice(0, size);
        }

        /**
         * Adds octets.
         *
         * @param sizeMax of the file
         * @return false when there is no room: as many as fit are taken
         */
        boolean add(byte[] from, int offset, int length, long sizeMax) {
            int fits = (int) Math.min(length, sizeMax - size);
            Block roomy = room(fits, sizeMax);
            if (roomy == null) {
                return false;
            }
            MemorySegment.copy(from, offset, roomy.memory, ValueLayout.JAVA_BYTE, size, fits);
            size += fits;
            return fits == length;
        }

        private @Nullable Block room(int more, long sizeMax) {
            Block now = block;
            if (now != null && size + more <= now.memory.byteSize()) {
                return now;
            }
            long wanted = now == null ? SMALL : now.memory.byteSize() * GROWTH;
            while (wanted < size + more) {
                wanted *= GROWTH;
            }
            Block next = take(Math.max(SMALL, Math.min(wanted, Math.max(sizeMax, size + more))));
            if (next == null) {
                return null;
            }
            if (now != null) {
                MemorySegment.copy(now.memory, 0, next.memory, 0, size);
                FileMemory.this.giveBack(now);
            }
            block = next;
            return next;
        }

        void giveBack() {
            Block last = block;
            block = null;
            size = 0;
            if (last != null) {
                FileMemory.this.giveBack(last);
            }
        }
    }
}
