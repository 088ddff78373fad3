package jp.genkan.dataplane.gate;

/**
 * Limits of the gate.
 *
 * @param staleNanos a worker that gave no sign of life for this long is taken for dead, and the kernel forwards its frames
 * @param settledFlowsMax flows that the kernel can forward by itself; beyond that the one unused for longest goes back to the inspector
 * @param frameBytesMax largest frame that fits into a slot of the ring; larger ones are forwarded by the kernel
 */
public record GateSettings(long staleNanos, int settledFlowsMax, int frameBytesMax) {
    /** Longer than pauses of the garbage collector that nobody announces, short enough that TCP does not back off. */
    public static final long STALE_NANOS = 100_000_000;

    /** 13 MiB of kernel memory. */
    public static final int SETTLED_FLOWS_MAX = 65_536;

    /** A slot of 65,792 octets less its header of 76. */
    public static final int FRAME_BYTES_MAX = 65_716;

    /** The defaults. */
    public static final GateSettings DEFAULT = new GateSettings(STALE_NANOS, SETTLED_FLOWS_MAX, FRAME_BYTES_MAX);

    /** Refuses what cannot work. */
    public GateSettings {
        if (staleNanos < 1_000_000 || settledFlowsMax < 1 || settledFlowsMax > 1 << 26 || frameBytesMax < 64) {
            throw new IllegalArgumentException("stale after " + staleNanos + " ns, " + settledFlowsMax
                    + " settled flows, frames of " + frameBytesMax);
        }
    }
}
