/**
 * Cutting one machine off the net for a time: {@link jp.genkan.access.isolation.IsolationTable} holds who is isolated and until when,
 * {@link jp.genkan.access.isolation.IsolationStage} drops their frames.
 *
 * <p>Thread rule: a stage belongs to one worker; the table is shared, read by the workers through one immutable snapshot, and its other
 * methods may be called by any control-plane thread.
 */
@NullMarked
package jp.genkan.access.isolation;

import org.jspecify.annotations.NullMarked;
