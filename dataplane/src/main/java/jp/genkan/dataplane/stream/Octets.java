package jp.genkan.dataplane.stream;

import java.lang.foreign.MemorySegment;

/** The octets of the segment at hand: where they lie, and their places in the stream. One a reassembler. */
final class Octets {
    /** Sequence number of the first. */
    int low;
    /** Sequence number behind the last. */
    int high;

    private MemorySegment bytes = MemorySegment.NULL;
    private long lowOffset;

    void wrap(MemorySegment segment, long offset, int sequence, int length) {
        bytes = segment;
        lowOffset = offset;
        low = sequence;
        high = sequence + length;
    }

    MemorySegment bytes() {
        return bytes;
    }

    /** Where the octet with this number lies in {@link #bytes}. */
    long offset(int sequence) {
        return lowOffset + (sequence - low);
    }
}
