/**
 * ARJ.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.arj.ArjUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.arj;

import org.jspecify.annotations.NullMarked;
