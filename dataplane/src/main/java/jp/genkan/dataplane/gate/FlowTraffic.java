package jp.genkan.dataplane.gate;

/**
 * What the kernel has forwarded of a settled flow since it was settled; filled by {@link SettledFlows#read}. A GRO super-frame counts as
 * one frame.
 *
 * <p>Thread rule: one thread.
 */
public final class FlowTraffic {
    public long toServerFrames;
    public long toServerBytes;
    public long toClientFrames;
    public long toClientBytes;
    /** {@link System#nanoTime} of the last frame, to a timer tick; when it was settled, if there was none. */
    public long lastNanos;

    /** All zero. */
    public FlowTraffic() {}

    void clear() {
        toServerFrames = 0;
        toServerBytes = 0;
        toClientFrames = 0;
        toClientBytes = 0;
        lastNanos = Long.MIN_VALUE;
    }
}
