/**
 * Makes octets of a transfer harmless at the same length: an infected file in a mail, an answer of HTTP or a bare transfer is replaced in place by something that
 * explains itself, so that announced sizes and sequence numbers stay true.
 *
 * <p>Main type: {@link jp.genkan.av.harmless.Neutraliser}.
 *
 * <p>Thread rule: no state between calls; one thread at a time for each {@link jp.genkan.av.harmless.Judge}.
 */
@NullMarked
package jp.genkan.av.harmless;

import org.jspecify.annotations.NullMarked;
