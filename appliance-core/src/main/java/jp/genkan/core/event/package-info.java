/**
 * Everything that the box notices is one {@link jp.genkan.core.event.Event}; {@link jp.genkan.core.event.EveWriter} puts it into EVE
 * JSON.
 *
 * <p>Thread rule: events are immutable values, made on any thread and written by one.
 */
@NullMarked
package jp.genkan.core.event;

import org.jspecify.annotations.NullMarked;
