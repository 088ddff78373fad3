package jp.genkan.dataplane.worker;

/** What a worker counts beside its pipeline; the Javadoc is the operator's manual. */
public enum WorkerCounter {
    /** Rounds of the duty cycle. */
    ROUNDS,
    /** Rounds in which nothing was to be done. */
    IDLE_ROUNDS,
    /** Frames handed to a port for sending, copies of a flood counted each. */
    SENT,
    /** Frames that floods were made of. */
    FLOODED,
    /** Frames whose destination is where they came from. */
    SAME_PORT,
    /** The watchdog's probes that were answered. */
    PROBES_ANSWERED,
    /** Flows that were handed to the gate to forward in the kernel. */
    SETTLED,
    /** Times that the worker had not run for longer than the gate's stale limit. */
    STALLS;

    /** The name in statistics. */
    public String eveName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
