package jp.genkan.appliance.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the heap's old generation collected before it is full. Left alone, the collector would do that at any moment, for longer perhaps than the gate waits for a worker, and what the kernel
 * forwards meanwhile is not inspected. Here the gate is told before, and it is done while little goes through the box, unless there is no time to lose.
 *
 * <pre>
 *   0 ──────── base ─────────────── base + GROWTH ─────────── URGENT ─────── full
 *       nothing to do                    when it is quiet      now            (the collector by itself)
 * </pre>
 *
 * <p>Thread rule: the housekeeping thread.
 */
final class PlannedCollection {
    /** A collection takes 40 to 100 ms here; a slow processor may take five times as long. */
    private static final long PAUSE_NANOS = 500_000_000L;

    /** Octets of garbage that are worth a pause: the heap gives memory back when they are gone. */
    private static final long GROWTH = 32L << 20;

    /** Of the room that the generation can have, in percent: behind that the collector may be first. */
    private static final int URGENT_PERCENT = 60;

    /** Frames a second that hardly anybody waits for. */
    private static final long QUIET_FRAMES = 200;

    private static final Logger LOG = LoggerFactory.getLogger(PlannedCollection.class);

    private final List<GateLink> links;
    private final @Nullable MemoryPoolMXBean old;
    private long base;
    private long framesBefore;
    private int count;

    /** Looks after this JVM; the workers' gates are told. */
    PlannedCollection(List<GateLink> links) {
        this.links = links;
        this.old = oldGeneration();
        this.base = old == null ? 0 : old.getUsage().getUsed();
    }

    /** The pool whose collection stops everything; null with a collector that has none. */
    private static @Nullable MemoryPoolMXBean oldGeneration() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getName().startsWith("Tenured")) {
                return pool;
            }
        }
        return null;
    }

    /**
     * Collects if it is time.
     *
     * @param framesSent of all workers since the start
     */
    void everySecond(long framesSent) {
        long frames = framesSent - framesBefore;
        framesBefore = framesSent;
        if (old == null) {
            return;
        }
        long used = old.getUsage().getUsed();
        boolean isQuiet = frames < QUIET_FRAMES && used > base + GROWTH;
        boolean isUrgent = used > Math.max(base + GROWTH, old.getUsage().getMax() / 100 * URGENT_PERCENT);
        if (isQuiet || isUrgent) {
            collect(used, frames);
        }
    }

    private void collect(long used, long frames) {
        long begun = System.nanoTime();
        links.forEach(link -> link.expectPause(PAUSE_NANOS));
        System.gc();
        links.forEach(GateLink::endPause);
        base = old == null ? 0 : old.getUsage().getUsed();
        count++;
        LOG.debug(
                "collection {}: {} to {} MiB in {} ms, at {} frames/s",
                count,
                used >> 20,
                base >> 20,
                (System.nanoTime() - begun) / 1_000_000L,
                frames);
    }
}
