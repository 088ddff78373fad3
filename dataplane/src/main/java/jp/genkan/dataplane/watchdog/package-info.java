/**
 * Finds out whether frames really come through: a living process whose data path stands still is the classic failure of an inline box.
 * {@link jp.genkan.dataplane.watchdog.Watchdog} sends a {@link jp.genkan.dataplane.watchdog.Probe} to every worker through the host port,
 * the ring, and the worker's ordinary way of sending, and tells systemd ({@link jp.genkan.dataplane.watchdog.SdNotify}) only when all came
 * back.
 *
 * <p>Thread rule: the watchdog has a thread of its own; {@code Probe} is static and is called by workers.
 */
@NullMarked
package jp.genkan.dataplane.watchdog;

import org.jspecify.annotations.NullMarked;
