package jp.genkan.av.stage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Native memory in which a worker gathers files. Most files are small and lie in a block. A larger one moves once, into a region with addresses for the largest file, of which only
 * the pages are there that were written to: nothing is copied while it grows, and no announced size has to be believed. Both are used again.
 *
 * <p>Thread rule: one worker; the octets of a lease that is handed to the pool may be read there until the worker gives it back.
 */
final class FileMemory implements AutoCloseable {
    /** Octets of a block: of a thousand files at a time nearly all have no more, or have only begun. */
    static final int SMALL = 16 << 10;

    /** What a larger file is counted by: a page of the processor. */
    static final int STEP = 4 << 10;

    /** Blocks that are kept for the next files. */
    private static final int BLOCKS_KEPT = 64;

    /** Octets of pages of large files that are kept for the next ones: what they need again within seconds on a busy line, and nobody misses on an idle box. */
    private static final long OCTETS_KEPT = 32L << 20;

    private final long octetsMax;
    private final long fileOctetsMax;
    private final Pages pages;
    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    private final ArrayDeque<Block> regions = new ArrayDeque<>();
    private long octets;
    private long kept;

    /**
     * For at most so many octets at a time.
     *
     * @param fileOctetsMax of one file
     */
    FileMemory(long octetsMax, long fileOctetsMax, Pages pages) {
        this.octetsMax = octetsMax;
        this.fileOctetsMax = fileOctetsMax;
        this.pages = pages;
    }

    /** Octets in use. */
    long octets() {
        return octets;
    }

    Lease lease() {
        return new Lease();
    }

    private Block takeBlock() {
        Block block = blocks.poll();
        return block != null ? block : Block.of(SMALL, (octetsOf, arena) -> arena.allocate(octetsOf));
    }

    private Block takeRegion() {
        Block region = regions.poll();
        if (region == null) {
            return Block.of(fileOctetsMax, pages);
        }
        kept -= region.touched;
        return region;
    }

    private void giveBack(Block block) {
        if (block.memory.byteSize() == SMALL) {
            if (blocks.size() < BLOCKS_KEPT) {
                blocks.push(block);
                return;
            }
        } else if (kept + block.touched <= OCTETS_KEPT) {
            kept += block.touched;
            regions.push(block);
            return;
        }
        block.arena.close();
    }

    @Override
    public void close() {
        blocks.forEach(block -> block.arena.close());
        regions.forEach(region -> region.arena.close());
        blocks.clear();
        regions.clear();
    }

    private static final class Block {
        final Arena arena;
        final MemorySegment memory;
        /** Octets of it that have pages. */
        long touched;

        private Block(Arena arena, MemorySegment memory) {
            this.arena = arena;
            this.memory = memory;
        }

        static Block of(long octets, Pages pages) {
            Arena arena = Arena.ofShared();
            return new Block(arena, pages.zeroed(octets, arena));
        }
    }

    /** The octets of one file, from its beginning. */
    final class Lease {
        private @Nullable Block block;
        private long size;
        /** Octets that are counted for it. */
        private long counted;

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
            int fits = (int) Math.min(length, Math.min(sizeMax, fileOctetsMax) - size);
            if (!counts(size + fits)) {
                return false;
            }
            Block roomy = room(size + fits);
            MemorySegment.copy(from, offset, roomy.memory, ValueLayout.JAVA_BYTE, size, fits);
            size += fits;
            roomy.touched = Math.max(roomy.touched, size);
            return fits == length;
        }

        private boolean counts(long needed) {
            long wanted = needed <= SMALL ? SMALL : (needed + STEP - 1) / STEP * STEP;
            if (wanted > counted) {
                if (octets + wanted - counted > octetsMax) {
                    return false;
                }
                octets += wanted - counted;
                counted = wanted;
            }
            return true;
        }

        private Block room(long needed) {
            Block now = block;
            if (now != null && needed <= now.memory.byteSize()) {
                return now;
            }
            Block next = needed <= SMALL ? takeBlock() : takeRegion();
            if (now != null) {
                MemorySegment.copy(now.memory, 0, next.memory, 0, size);
                next.touched = Math.max(next.touched, size);
                FileMemory.this.giveBack(now);
            }
            block = next;
            return next;
        }

        void giveBack() {
            Block last = block;
            block = null;
            size = 0;
            octets -= counted;
            counted = 0;
            if (last != null) {
                FileMemory.this.giveBack(last);
            }
        }
    }
}
