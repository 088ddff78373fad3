package jp.genkan.dataplane.flow;

/**
 * How large a worker's flow table is, and how long silent flows stay. Immutable.
 *
 * @param flowsMax live flows a worker; when reached, closed flows, then half-open and one-packet flows, then the longest silent one make room
 * @param endedMax flows that have ended and wait to be told by {@link FlowTable#expire}; when reached, packets of new flows pass without a flow
 * @param timeouts while there is room
 * @param emergencyTimeouts from when the table is full until 30 % of it are free
 */
public record FlowLimits(int flowsMax, int endedMax, FlowTimeouts timeouts, FlowTimeouts emergencyTimeouts) {
    /** Live flows a worker; 32 % above the 100,000 that an office of 200 machines was taken to have at most. */
    public static final int FLOWS_MAX_DEFAULT = 131_072;

    /** Four receive batches of 1,024 frames, each of which ends a flow. */
    public static final int ENDED_MAX_DEFAULT = 4_096;

    /** Validates. */
    public FlowLimits {
        if (flowsMax < 16 || flowsMax > 1 << 24) {
            throw new IllegalArgumentException("flows-max must be 16 to 16,777,216, not " + flowsMax);
        }
        if (endedMax < 16 || endedMax > 1 << 20) {
            throw new IllegalArgumentException("ended-max must be 16 to 1,048,576, not " + endedMax);
        }
    }

    /** The defaults. */
    public static FlowLimits defaults() {
        return withFlowsMax(FLOWS_MAX_DEFAULT);
    }

    /** The defaults with another number of live flows. */
    public static FlowLimits withFlowsMax(int flowsMax) {
        return new FlowLimits(
                flowsMax,
                Math.min(ENDED_MAX_DEFAULT, Math.max(16, flowsMax)),
                FlowTimeouts.DEFAULT,
                FlowTimeouts.EMERGENCY);
    }

    /** The same with other time-outs while there is room. */
    public FlowLimits with(FlowTimeouts other) {
        return new FlowLimits(flowsMax, endedMax, other, emergencyTimeouts);
    }

    /** Octets that a table with these limits takes, all told. */
    public long memoryBytes(int stageCount) {
        return (long) (flowsMax + endedMax) * FlowRecord.bytes(stageCount) + 4L * bucketCount();
    }

    int bucketCount() {
        return Integer.highestOneBit(flowsMax) << 1;
    }
}
