/**
 * cpio in all its forms.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.cpio.CpioUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; what they make belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.cpio;

import org.jspecify.annotations.NullMarked;
