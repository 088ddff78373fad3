/**
 * Purpose: the keyword {@code frame}, which looks at a piece of a protocol's own framing.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.frame.FrameKeywords}.
 *
 * <p>Thread rule: used by the thread that loads rules; what it makes is immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.frame;

import org.jspecify.annotations.NullMarked;
