/**
 * ZIP as its readers read it: the directory at the end, and every local header that the directory does not tell of.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.zip.ZipUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.zip;

import org.jspecify.annotations.NullMarked;
