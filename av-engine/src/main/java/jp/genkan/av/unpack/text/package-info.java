/**
 * Texts that carry other files: web pages, scripts and pictures with data in them, and files that are nothing but a coding. All of a text is searched once, for every
 * coding at the same time.
 *
 * <pre>
 * octets ─▶ {@link jp.genkan.av.unpack.text.TextUnpacker}
 *             ├▶ DigitRuns   base64, hexadecimal, also in pieces that a script joins
 *             ├▶ EscapeRuns  %41 %u4141 \x41 \u0041
 *             ├▶ NumberRuns  77, 90, 0x90
 *             └▶ LineBlocks  uuencode, yEnc, BinHex, encoded scripts
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.unpack.text.TextUnpacker}.
 *
 * <p>Thread rule: unpackers have no state; the rest belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.unpack.text;

import org.jspecify.annotations.NullMarked;
