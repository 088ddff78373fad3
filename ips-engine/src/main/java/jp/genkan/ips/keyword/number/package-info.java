/**
 * Numbers in rules: {@code >5}, {@code 1-10}, {@code !0}, and the keywords that hold one against a field of a transaction.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.number.NumberTest}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.number;

import org.jspecify.annotations.NullMarked;
