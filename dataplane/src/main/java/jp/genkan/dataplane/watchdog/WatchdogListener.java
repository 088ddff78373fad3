package jp.genkan.dataplane.watchdog;

/** What the watchdog tells; on its thread, and it must not wait. */
public interface WatchdogListener {
    /** Probes no longer come through this worker: from now on the kernel forwards its frames (or, under fail: closed, nobody does). */
    void onStall(int worker);

    /** Probes come through again: the worker gets its frames again. */
    void onRecovery(int worker, long stalledNanos);

    /** No probe can be sent, so that nothing is known: the host port is away. Told once until it works again. */
    void onBlind(String reason);
}
