/**
 * Unix ar, and with it Debian packages.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.ar.ArUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.ar;

import org.jspecify.annotations.NullMarked;
