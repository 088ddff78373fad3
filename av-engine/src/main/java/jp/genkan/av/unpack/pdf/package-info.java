/**
 * PDF: streams decoded, files that are embedded under their names, scripts, and what actions do. Objects are found by looking through all of the file, not
 * by its table: readers repair broken tables in many ways, and hostile files rely on it.
 *
 * <pre>
 * {@link jp.genkan.av.unpack.pdf.PdfUnpacker} ─▶ PdfFile (objects: PdfLexer, PdfValue) ─▶ PdfMembers ─▶ Filters ─▶ members
 *                                               └ PdfLock (encryption)
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.unpack.pdf.PdfUnpacker}.
 *
 * <p>Thread rule: the unpacker has no state; the rest belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.pdf;

import org.jspecify.annotations.NullMarked;
