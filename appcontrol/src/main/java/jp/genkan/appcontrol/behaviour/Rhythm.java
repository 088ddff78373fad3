package jp.genkan.appcontrol.behaviour;

/**
 * At which intervals something comes: mean and spread, kept by Welford's method.
 *
 * <p>Thread rule: its owner's.
 */
final class Rhythm {
    private static final double SECOND = 1e9;

    private long lastNanos = Long.MIN_VALUE;
    private int intervals;
    private double mean;
    private double squares;

    /** It has come again. */
    void tick(long nowNanos) {
        if (lastNanos != Long.MIN_VALUE && nowNanos > lastNanos) {
            double interval = (nowNanos - lastNanos) / SECOND;
            intervals++;
            double off = interval - mean;
            mean += off / intervals;
            squares += off * (interval - mean);
        }
        lastNanos = Math.max(lastNanos, nowNanos);
    }

    int intervals() {
        return intervals;
    }

    /** Mean interval in seconds. */
    double meanSeconds() {
        return mean;
    }

    /** Standard deviation as a part of the mean. */
    double unevenness() {
        return intervals < 2 || mean <= 0 ? Double.MAX_VALUE : Math.sqrt(squares / intervals) / mean;
    }
}
