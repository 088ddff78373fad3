/**
 * LHA, the archives of Japan.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.lzh.LzhUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.lzh;

import org.jspecify.annotations.NullMarked;
