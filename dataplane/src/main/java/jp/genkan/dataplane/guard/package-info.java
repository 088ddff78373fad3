/**
 * What is left of held connections when the engine dies: a process beside it that tells both ends.
 *
 * <pre>
 *   engine   Held ── GuardSlots ──▶ GuardMemory (shared, anonymous) ◀── Guard   other process
 *              ✝ its threads are gone ─────────────────────────────────▶ resets
 * </pre>
 *
 * <p>A slot of the memory is one held direction: a RST for each end, whole but for its numbers, and the numbers. The engine writes plain stores; {@link
 * jp.genkan.dataplane.guard.Guard} reads when nobody writes any more.
 *
 * <p>Thread rule: a {@link jp.genkan.dataplane.guard.GuardSlots} has one worker; the guard has one thread.
 */
@NullMarked
package jp.genkan.dataplane.guard;

import org.jspecify.annotations.NullMarked;
