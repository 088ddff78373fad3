/**
 * The guard's process, and who looks after it in the engine: {@link jp.genkan.appliance.guard.GuardKeeper} starts {@link
 * jp.genkan.appliance.guard.GuardProcess} as a JVM of its own, which resets what is held when the engine dies without a word.
 *
 * <p>Thread rule: the keeper is started and stopped by the engine's main thread and has a thread of its own; the process has one.
 */
@NullMarked
package jp.genkan.appliance.guard;

import org.jspecify.annotations.NullMarked;
