/**
 * Files as Microsoft's compress.exe made them.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.szdd.SzddUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.szdd;

import org.jspecify.annotations.NullMarked;
