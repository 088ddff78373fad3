/**
 * Files that signatures come in, line by line, and what is wrong with them.
 *
 * <p>Main type: {@link jp.genkan.av.source.SourceLines}.
 *
 * <p>Thread rule: readers and collections of problems belong to one thread.
 */
@NullMarked
package jp.genkan.av.source;

import org.jspecify.annotations.NullMarked;
