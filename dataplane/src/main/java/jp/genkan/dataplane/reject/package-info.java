/**
 * Telling both ends at once that the box ended a conversation: {@link jp.genkan.dataplane.reject.RejectWriter}.
 *
 * <p>Thread rule: one writer a worker.
 */
@NullMarked
package jp.genkan.dataplane.reject;

import org.jspecify.annotations.NullMarked;
