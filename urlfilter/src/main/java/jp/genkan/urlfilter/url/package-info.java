/**
 * Hosts and URLs in one spelling, the one that a browser arrives at (WHATWG URL Standard), so that what a list says and what a machine sends
 * can be compared octet by octet. {@link jp.genkan.urlfilter.url.UrlText} takes a URL apart, {@link jp.genkan.urlfilter.url.HostText} and
 * {@link jp.genkan.urlfilter.url.TargetText} hold its parts.
 *
 * <p>Where the standard leaves two spellings of the same thing apart, RFC 3986 §6.2.2 goes on: escapes of letters, digits, {@code -._~} are
 * decoded, all others get upper-case digits, and what is no character of a URL is escaped. The scheme, user information and fragments are
 * left out.
 *
 * <p>Thread rule: the holders belong to whoever made them; functions are free of state.
 */
@NullMarked
package jp.genkan.urlfilter.url;

import org.jspecify.annotations.NullMarked;
