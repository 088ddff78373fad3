package jp.genkan.testbed.sim;

/**
 * What a wire does to frames. Parts are of a thousand frames.
 *
 * @param seed of the dice; the same seed, the same faults
 * @param lossPerMille that vanish
 * @param duplicatePerMille that arrive twice
 * @param reorderPerMille that arrive after later ones
 * @param burstPerMille that begin a burst, in which this and the following {@code burstFrames - 1} are lost
 * @param burstFrames frames of a burst
 * @param latencyNanos from end to end
 * @param reorderNanos by which a frame that is overtaken comes later at most
 */
public record FaultPlan(
        long seed,
        int lossPerMille,
        int duplicatePerMille,
        int reorderPerMille,
        int burstPerMille,
        int burstFrames,
        long latencyNanos,
        long reorderNanos) {
    private static final long LATENCY = 200_000;
    private static final long REORDER = 2_000_000;

    /** A perfect wire. */
    public static FaultPlan none() {
        return new FaultPlan(0, 0, 0, 0, 0, 0, LATENCY, REORDER);
    }

    /** All faults at once, each now and then. */
    public static FaultPlan mixed(long seed) {
        return new FaultPlan(seed, 20, 20, 50, 3, 8, LATENCY, REORDER);
    }

    /** A wire that is hardly one. */
    public static FaultPlan terrible(long seed) {
        return new FaultPlan(seed, 100, 100, 200, 10, 12, LATENCY, REORDER);
    }
}
