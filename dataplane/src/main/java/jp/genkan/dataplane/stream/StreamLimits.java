package jp.genkan.dataplane.stream;

/**
 * How much a worker keeps of streams. Immutable.
 *
 * @param directionBytesMax octets that are kept for one direction of one flow: inspected and not yet acknowledged, or beyond a gap. When they
 *     are reached, the oldest inspected ones are forgotten; a segment beyond a gap is dropped (inline) or the gap is told (passive)
 * @param directionSegmentsMax pieces that are kept for one direction; same policy
 * @param smallBuffers pieces of up to 2 KiB a worker
 * @param mediumBuffers pieces of up to 16 KiB a worker
 * @param largeBuffers pieces of up to 64 KiB a worker
 */
public record StreamLimits(
        int directionBytesMax, int directionSegmentsMax, int smallBuffers, int mediumBuffers, int largeBuffers) {
    /** 1 MiB a direction: 80 Mbit/s at 100 ms; 1,024 pieces; 16 + 8 + 8 MiB a worker. */
    public static final StreamLimits DEFAULT = new StreamLimits(1 << 20, 1_024, 8_192, 512, 128);

    /** Validates. */
    public StreamLimits {
        if (directionBytesMax < 1 || directionSegmentsMax < 1) {
            throw new IllegalArgumentException("a stream's limits are at least 1");
        }
        if (smallBuffers < 1
                || mediumBuffers < 0
                || largeBuffers < 0
                || memoryBytes(smallBuffers, mediumBuffers, largeBuffers) > 1L << 32) {
            throw new IllegalArgumentException("stream buffers must be 1 or more, and 4 GiB or less together");
        }
    }

    /** Octets of the pool, all told. */
    public long memoryBytes() {
        return memoryBytes(smallBuffers, mediumBuffers, largeBuffers);
    }

    private static long memoryBytes(long small, long medium, long large) {
        return small * SegmentPool.SMALL + medium * SegmentPool.MEDIUM + large * SegmentPool.LARGE;
    }
}
