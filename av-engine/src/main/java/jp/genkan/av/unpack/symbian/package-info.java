/**
 * Installation files of Symbian phones: the files in them.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.symbian.SymbianUnpacker}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.unpack.symbian;

import org.jspecify.annotations.NullMarked;
