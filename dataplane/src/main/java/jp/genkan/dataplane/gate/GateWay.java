package jp.genkan.dataplane.gate;

/** The way that a frame took at the gate. Every frame that a port receives is counted under exactly one, by the port that it came in by. */
public enum GateWay {
    /** Forwarded by the kernel: no inspector was active (not started yet, stopped, or dead). */
    OPEN("open"),
    /** Into the ring of a worker. What the ring had no room for is counted by the ring. */
    RING("ring"),
    /** Forwarded by the kernel: the flow is settled. */
    SETTLED("settled"),
    /** Forwarded by the kernel: the frame's worker gave no sign of life, or the watchdog's probe did not come through. */
    STALE("stale"),
    /** Forwarded by the kernel: too large for a slot of the ring. */
    TOO_LARGE("too_large"),
    /** Dropped: nothing inspects it, and the policy is fail: closed. */
    CLOSED("closed"),
    /** Dropped by the kernel's switch: the destination is behind the port that the frame came from. */
    FILTERED("filtered"),
    /** Dropped: a probe of the watchdog that no inspector was there to answer. */
    PROBE("probe");

    private final String label;

    GateWay(String label) {
        this.label = label;
    }

    /** The value of the label {@code way} in the exposition. */
    public String label() {
        return label;
    }

    /** True when the frame went on without the inspector's having seen it and without its having said so. */
    public boolean isUninspected() {
        return this == OPEN || this == STALE || this == TOO_LARGE;
    }
}
