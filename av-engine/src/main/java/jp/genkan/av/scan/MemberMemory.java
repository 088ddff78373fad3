package jp.genkan.av.scan;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;

/**
 * Native memory for members that are being unpacked, one piece a level, used again from one member to the next. A piece that grew beyond
 * {@link #KEPT} is given back.
 *
 * <p>Thread rule: one thread; another may close it at the end.
 */
final class MemberMemory implements AutoCloseable {
    private static final long AT_FIRST = 1 << 16;

    /** What a level keeps: most members are smaller. */
    private static final long KEPT = 4L << 20;

    private final ArrayDeque<Lease> free = new ArrayDeque<>();
    private final int keptMax;

    MemberMemory(int keptMax) {
        this.keptMax = keptMax;
    }

    Lease lease() {
        Lease lease = free.poll();
        return lease == null ? new Lease() : lease;
    }

    void giveBack(Lease lease) {
        lease.size = 0;
        if (free.size() < keptMax && lease.memory.byteSize() <= KEPT) {
            free.push(lease);
        } else {
            lease.arena.close();
        }
    }

    @Override
    public void close() {
        free.forEach(lease -> lease.arena.close());
        free.clear();
    }

    /** Memory of one member. */
    static final class Lease {
        private Arena arena = Arena.ofShared();
        private MemorySegment memory = arena.allocate(AT_FIRST);
        private long size;

        long size() {
            return size;
        }

        MemorySegment octets() {
            return memory.asSlice(0, size);
        }

        void write(byte octet) {
            grow(1);
            memory.set(ValueLayout.JAVA_BYTE, size, octet);
            size++;
        }

        void write(byte[] from, int offset, int length) {
            grow(length);
            MemorySegment.copy(from, offset, memory, ValueLayout.JAVA_BYTE, size, length);
            size += length;
        }

        private void grow(int more) {
            if (size + more <= memory.byteSize()) {
                return;
            }
            Arena larger = Arena.ofShared();
            MemorySegment moved = larger.allocate(Math.max(size + more, memory.byteSize() * 2));
            MemorySegment.copy(memory, 0, moved, 0, size);
            arena.close();
            arena = larger;
            memory = moved;
        }
    }
}
