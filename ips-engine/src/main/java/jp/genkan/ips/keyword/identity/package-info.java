/**
 * Keywords that say what a rule is: numbers, texts, class, what it asks of the engine, and whether it speaks.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.identity.IdentityKeywords}.
 *
 * <p>Thread rule: the thread that loads rules.
 */
@NullMarked
package jp.genkan.ips.keyword.identity;

import org.jspecify.annotations.NullMarked;
