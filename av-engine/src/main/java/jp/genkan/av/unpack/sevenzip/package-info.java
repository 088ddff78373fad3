/**
 * 7-Zip's own format.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.sevenzip.SevenZipUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.sevenzip;

import org.jspecify.annotations.NullMarked;
