/**
 * Rich text: objects, pictures and other binary data that stand in it as hexadecimal digits or as they are.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.rtf.RtfUnpacker}.
 *
 * <p>Thread rule: no state, any thread; a reader belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.rtf;

import org.jspecify.annotations.NullMarked;
