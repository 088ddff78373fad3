package jp.genkan.dataplane.hold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The octets of one direction, in chunks of the worker's memory. Positions count from where the hold began.
 *
 * <p>Thread rule: one worker.
 */
final class HeldOctets {
    private final HoldMemory memory;
    private int[] chunks = new int[4];
    /** Number of the chunk that {@code chunks[0]} is. */
    private long firstChunk;

    private int count;
    private long high;

    HeldOctets(HoldMemory memory) {
        this.memory = memory;
    }

    /** Behind the last octet. */
    long high() {
        return high;
    }

    MemorySegment segment() {
        return memory.segment();
    }

    /** Where an octet lies. */
    long address(long position) {
        return memory.address(chunks[(int) (position / HoldMemory.CHUNK - firstChunk)]) + position % HoldMemory.CHUNK;
    }

    /** Octets from here on that lie behind one another, those that are not there yet included. */
    static int contiguous(long position) {
        return (int) (HoldMemory.CHUNK - position % HoldMemory.CHUNK);
    }

    /**
     * Adds octets.
     *
     * @return false when there is no room for all of them: then none is added
     */
    boolean append(MemorySegment bytes, long offset, int length) {
        long end = high + length;
        int needed = (int) ((end + HoldMemory.CHUNK - 1) / HoldMemory.CHUNK - firstChunk);
        if (needed - count > memory.free() || length > memory.octetsFree()) {
            return false;
        }
        memory.uses(length);
        while (count < needed) {
            if (count == chunks.length) {
                chunks = java.util.Arrays.copyOf(chunks, count * 2);
            }
            chunks[count++] = memory.take();
        }
        long from = offset;
        while (high < end) {
            int piece = (int) Math.min(end - high, contiguous(high));
            MemorySegment.copy(bytes, from, memory.segment(), address(high), piece);
            from += piece;
            high += piece;
        }
        return true;
    }

    /** Gives back the chunks that lie wholly before this position. */
    void discard(long before) {
        int gone = (int) Math.min(count, before / HoldMemory.CHUNK - firstChunk);
        if (gone > 0) {
            memory.uses(-(long) gone * HoldMemory.CHUNK);
            for (int i = 0; i < gone; i++) {
                memory.give(chunks[i]);
            }
            System.arraycopy(chunks, gone, chunks, 0, count - gone);
            count -= gone;
            firstChunk += gone;
        }
    }

    /** Gives everything back. */
    void close() {
        if (count > 0) {
            memory.uses(firstChunk * HoldMemory.CHUNK - high);
        }
        for (int i = 0; i < count; i++) {
            memory.give(chunks[i]);
        }
        count = 0;
    }

    void read(long from, byte[] to, int at, int length) {
        for (int done = 0; done < length; ) {
            int piece = Math.min(length - done, contiguous(from + done));
            MemorySegment.copy(memory.segment(), ValueLayout.JAVA_BYTE, address(from + done), to, at + done, piece);
            done += piece;
        }
    }

    void write(long position, byte[] octets, int from, int to) {
        for (int at = from; at < to; ) {
            long place = position + at - from;
            int piece = Math.min(to - at, contiguous(place));
            MemorySegment.copy(octets, at, memory.segment(), ValueLayout.JAVA_BYTE, address(place), piece);
            at += piece;
        }
    }
}
