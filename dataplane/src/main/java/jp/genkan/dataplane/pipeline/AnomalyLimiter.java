package jp.genkan.dataplane.pipeline;

/**
 * How many anomaly events may be written a second: a scan with broken packets must not fill the disk. Single-threaded; time is the
 * caller's.
 */
final class AnomalyLimiter {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final int perSecond;
    private long windowStartNanos;
    private int written;

    /**
     * A limiter.
     *
     * @param perSecond most events in one second; {@link Integer#MAX_VALUE} for no limit
     */
    AnomalyLimiter(int perSecond) {
        this.perSecond = perSecond;
    }

    /** True when one more may be written now. */
    boolean permits(long nanos) {
        if (nanos - windowStartNanos >= SECOND_NANOS || nanos < windowStartNanos) {
            windowStartNanos = nanos;
            written = 0;
        }
        if (written >= perSecond) {
            return false;
        }
        written++;
        return true;
    }
}
