/**
 * Flash films, which are compressed as a whole.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.flash.FlashUnpacker}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.unpack.flash;

import org.jspecify.annotations.NullMarked;
