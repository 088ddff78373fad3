/**
 * RAR of versions 2 to 7, by an own decoder of what others have described of the format: see docs/adr/0021-archives.md.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.rar.RarUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.rar;

import org.jspecify.annotations.NullMarked;
