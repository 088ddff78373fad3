/**
 * Outlook's way to send a mail's properties and attachments in one file, {@code winmail.dat} ([MS-OXTNEF]), and its compressed text.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.tnef.TnefUnpacker}.
 *
 * <p>Thread rule: no state, any thread.
 */
@NullMarked
package jp.genkan.av.unpack.tnef;

import org.jspecify.annotations.NullMarked;
