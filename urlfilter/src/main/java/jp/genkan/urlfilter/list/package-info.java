/**
 * Lists as the field publishes them: {@link jp.genkan.urlfilter.list.ListFile} reads a file, packed or not, in any
 * {@link jp.genkan.urlfilter.list.ListFormat}, and hands each row to a {@link jp.genkan.urlfilter.list.RowSink}. What cannot be used is told
 * with its line and passed over; nothing in a file stops the reading of the rest.
 *
 * <p>Thread rule: a reader belongs to one thread and one file.
 */
@NullMarked
package jp.genkan.urlfilter.list;

import org.jspecify.annotations.NullMarked;
