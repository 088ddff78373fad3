/**
 * Installers of the Nullsoft scriptable install system.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.nsis.NsisUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.nsis;

import org.jspecify.annotations.NullMarked;
