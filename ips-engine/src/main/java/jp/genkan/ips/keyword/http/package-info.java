/**
 * The keywords of HTTP: buffers of the heads and bodies of both versions, their older spellings as modifiers, and the frames of HTTP/2.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.http.HttpKeywords}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword.http;

import org.jspecify.annotations.NullMarked;
