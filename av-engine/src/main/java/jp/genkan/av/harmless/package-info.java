/**
 * Makes octets of a transfer harmless at the same length: an infected file in a mail, an answer of HTTP or a bare transfer is replaced in place by something that
 * explains itself, so that announced sizes and sequence numbers stay true.
 *
 * <p>What holds, and what does not:
 *
 * <ul>
 *   <li>The same number of octets, or impossible. Parts, members and chunks that are not infected stay octet for octet; the header of a mail changes in its MIME fields only.
 *   <li>Pieces (ranges of HTTP, parts of a file, sections of IMAP) depend on kind, total length and offset only, and say neither time nor name, so that pieces fit together.
 *       A whole answer says both, so that a piece that is fetched after a broken-off whole does not fit to it.
 *   <li>A part that is fetched alone, behind a header that was fetched before, keeps the name and type that were told: it becomes a file of that kind, or of the kind that its octets had.
 *       A mail that is fetched whole says that the part is a text.
 *   <li>One message a call: what stands behind the line that ends a mail, or behind a body's end, is not looked at and stays.
 *   <li>Signatures of mails (DKIM, S/MIME) do not fit any more.
 *   <li>Several content codings on top of each other, {@code multipart/byteranges} and coded pieces are impossible.
 * </ul>
 *
 * <p>Main type: {@link jp.genkan.av.harmless.Neutraliser}.
 *
 * <p>Thread rule: no state between calls; one thread at a time for each {@link jp.genkan.av.harmless.Judge}.
 */
@NullMarked
package jp.genkan.av.harmless;

import org.jspecify.annotations.NullMarked;
