/**
 * Keywords that look things up in lists: datasets, reputations, hashes of files, addresses.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.dataset.DatasetKeywords}.
 *
 * <p>Thread rule: the thread that loads rules; what is compiled is immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.dataset;

import org.jspecify.annotations.NullMarked;
