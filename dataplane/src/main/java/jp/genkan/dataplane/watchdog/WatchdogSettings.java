package jp.genkan.dataplane.watchdog;

import java.time.Duration;

/**
 * How the watchdog probes.
 *
 * @param period between two probes of a worker; an answer has this long
 * @param missesMax probes in a row that may fail; with the next one the worker counts as stalled
 */
public record WatchdogSettings(Duration period, int missesMax) {
    /** A probe a second; stalled after three missed ones. */
    public static final WatchdogSettings DEFAULT = new WatchdogSettings(Duration.ofSeconds(1), 3);

    /** Refuses what cannot work. */
    public WatchdogSettings {
        if (period.compareTo(Duration.ofMillis(10)) < 0 || missesMax < 1) {
            throw new IllegalArgumentException("watchdog: period " + period + ", misses " + missesMax);
        }
    }
}
