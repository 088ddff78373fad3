/**
 * The worker: {@link jp.genkan.dataplane.worker.Worker} turns arriving frames into departing ones, on one core.
 *
 * <p>Thread rule: a platform thread a worker; {@code doWork} never waits.
 */
@NullMarked
package jp.genkan.dataplane.worker;

import org.jspecify.annotations.NullMarked;
