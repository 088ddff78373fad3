/**
 * Images of discs.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.iso.IsoUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.iso;

import org.jspecify.annotations.NullMarked;
