package jp.genkan.appliance.engine;

import java.time.Duration;
import java.time.Instant;
import jp.genkan.core.event.HealthEvent;
import jp.genkan.core.event.HealthEvent.Severity;
import jp.genkan.dataplane.watchdog.WatchdogListener;

/** Tells what the watchdog found: a worker that runs but lets nothing through, and its recovery. */
final class WatchdogNews implements WatchdogListener {
    private final Engine engine;

    WatchdogNews(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void onStall(int worker) {
        engine.become(EngineState.PASSING);
        engine.tell(HealthEvent.of(
                        now(),
                        "data_path_stalled",
                        Severity.CRITICAL,
                        "Probes do not come through a worker that seems to run: the kernel has its frames now.")
                .with("worker", worker));
    }

    @Override
    public void onRecovery(int worker, long stalledNanos) {
        engine.become(EngineState.INSPECTING);
        engine.tell(HealthEvent.of(now(), "data_path_recovered", Severity.INFO, "Probes come through the worker again.")
                .during(now() - stalledNanos, now())
                .with("worker", worker)
                .with("seconds", Duration.ofNanos(stalledNanos).toSeconds()));
    }

    @Override
    public void onBlind(String reason) {
        engine.tell(HealthEvent.of(
                now(), "watchdog_blind", Severity.WARNING, "The watchdog cannot send its probes: " + reason));
    }

    private static long now() {
        return Engine.epochNanos(Instant.now());
    }
}
