/**
 * Keywords that look at octets: contents and their modifiers, expressions, numbers within the payload, Base64.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.payload.PayloadKeywords}.
 *
 * <p>Thread rule: the thread that loads rules.
 */
@NullMarked
package jp.genkan.ips.keyword.payload;

import org.jspecify.annotations.NullMarked;
