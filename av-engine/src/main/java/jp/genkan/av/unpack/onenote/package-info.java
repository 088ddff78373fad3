/**
 * Notebook sections of OneNote ([MS-ONESTORE]): the files in them.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.onenote.OneNoteUnpacker}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.unpack.onenote;

import org.jspecify.annotations.NullMarked;
