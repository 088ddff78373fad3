/**
 * Compiled help.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.chm.ChmUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.chm;

import org.jspecify.annotations.NullMarked;
