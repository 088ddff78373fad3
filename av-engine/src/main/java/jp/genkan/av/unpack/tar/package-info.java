/**
 * Tape archives, also broken ones.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.tar.TarUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.tar;

import org.jspecify.annotations.NullMarked;
