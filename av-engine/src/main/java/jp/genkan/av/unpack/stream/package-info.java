/**
 * Files that are one compressed stream: gzip, bzip2, xz, LZMA, zstd, LZ4, compress.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.stream.StreamUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.stream;

import org.jspecify.annotations.NullMarked;
