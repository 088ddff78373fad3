/**
 * Counters: {@link jp.genkan.core.counter.CounterSet}.
 *
 * <p>Thread rule: one set a writer, read by anybody.
 */
@NullMarked
package jp.genkan.core.counter;

import org.jspecify.annotations.NullMarked;
