package jp.genkan.literals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The octets of the scan that is under way, wherever they are. They are copied before Hyperscan sees them: 16 ns for a packet, and in
 * return no length or life time of theirs can lead native code astray.
 *
 * <p>Thread rule: one thread.
 */
final class Source {
    private byte @Nullable [] array;
    private @Nullable MemorySegment segment;
    private long begin;

    void is(byte[] octets, int from, int to) {
        Objects.checkFromToIndex(from, to, octets.length);
        array = octets;
        segment = null;
        begin = from;
    }

    void is(MemorySegment octets, long offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.byteSize());
        array = null;
        segment = octets;
        begin = offset;
    }

    /** Lets go of the octets. */
    void clear() {
        array = null;
        segment = null;
    }

    /** The array that the octets are in, at {@link #begin()}; null if they are not in one. */
    byte @Nullable [] array() {
        return array;
    }

    int begin() {
        return (int) begin;
    }

    void copy(int at, int length, MemorySegment target) {
        if (array != null) {
            MemorySegment.copy(array, (int) begin + at, target, ValueLayout.JAVA_BYTE, 0, length);
        } else {
            MemorySegment.copy(Objects.requireNonNull(segment), begin + at, target, 0, length);
        }
    }

    void copy(int at, int length, byte[] target) {
        MemorySegment.copy(Objects.requireNonNull(segment), ValueLayout.JAVA_BYTE, begin + at, target, 0, length);
    }
}
