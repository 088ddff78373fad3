/**
 * What families of application protocols have in common: buffers and numbers of one type of transaction, lists of numbers, named flags.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.field.TransactionFields}.
 *
 * <p>Thread rule: immutable once the language is registered.
 */
@NullMarked
package jp.genkan.ips.keyword.field;

import org.jspecify.annotations.NullMarked;
