/**
 * Microsoft's cabinets.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.cab.CabUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.cab;

import org.jspecify.annotations.NullMarked;
