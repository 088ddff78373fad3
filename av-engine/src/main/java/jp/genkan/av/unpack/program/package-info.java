/**
 * Archives behind programs that unpack them.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.program.EmbeddedUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.program;

import org.jspecify.annotations.NullMarked;
