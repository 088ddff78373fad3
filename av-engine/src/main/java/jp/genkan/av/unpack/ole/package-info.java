/**
 * Compound files ([MS-CFB]): Office documents of the old formats, macros of all formats, Outlook mails, installer packages. Each stream is a member; macros
 * are members in plain text; what is embedded is a member under its own name.
 *
 * <p>Main type: {@link jp.genkan.av.unpack.ole.OleUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; a {@link jp.genkan.av.unpack.ole.CompoundFile} belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.ole;

import org.jspecify.annotations.NullMarked;
