package jp.genkan.appliance.engine;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.event.HealthEvent;
import jp.genkan.core.event.StatsEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then while the workers work: read lists that have changed, end isolations, note machines, write stats.
 *
 * <p>Thread rule: the main thread.
 */
final class Housekeeping {
    private static final long PERIOD_MILLIS = 100;
    private static final int ROUNDS_A_SECOND = (int) (1_000 / PERIOD_MILLIS);
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final Engine engine;
    private final PlannedCollection collection;
    private long nextStatsNanos;

    Housekeeping(Engine engine) {
        this.engine = engine;
        this.collection = new PlannedCollection(engine.links());
        this.nextStatsNanos =
                System.nanoTime() + engine.settings().statsInterval().toNanos();
    }

    /** Turns until the latch opens, then writes the last stats. */
    void runUntil(CountDownLatch stop) throws InterruptedException {
        for (int round = 0; !stop.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS); round++) {
            try {
                engine.hosts.doWork(Instant.now());
                engine.links().forEach(this::tellStall);
                if (round % ROUNDS_A_SECOND == 0) {
                    everySecond();
                }
            } catch (RuntimeException fault) {
                LOG.error("housekeeping: fault", fault);
            }
        }
        writeStats();
    }

    private void everySecond() {
        engine.lastSeen.write(Instant.now());
        engine.ownAddresses.refresh();
        engine.policies.reputation().poll();
        engine.policies.applications().poll();
        engine.appUsage.everySecond();
        engine.policies.isolations().doWork();
        collection.everySecond(engine.framesSent());
        if (System.nanoTime() - nextStatsNanos >= 0) {
            nextStatsNanos += engine.settings().statsInterval().toNanos();
            writeStats();
        }
    }

    /** A worker had not run for so long that the kernel took over: says from when to when. */
    private void tellStall(GateLink link) {
        GateLink.Stall stall = link.takeStall();
        if (stall != null) {
            long now = Engine.epochNanos(Instant.now());
            long ended = now - (System.nanoTime() - stall.toNanos());
            engine.tell(HealthEvent.of(
                            now,
                            "worker_stalled",
                            HealthEvent.Severity.WARNING,
                            "A worker did not run for a while: the kernel took its frames meanwhile.")
                    .during(ended - (stall.toNanos() - stall.fromNanos()), ended)
                    .with("worker", link.worker()));
        }
    }

    private void writeStats() {
        Instant now = Instant.now();
        StatsEvent.Builder stats = StatsEvent.builder();
        new EngineStatus(engine).collect(stats);
        engine.log.emit(stats.build(
                now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                engine.uptime().toSeconds()));
    }
}
