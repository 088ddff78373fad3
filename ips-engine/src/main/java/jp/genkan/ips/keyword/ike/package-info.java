/**
 * Keywords of IKE.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.ike.IkeKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.ike;

import org.jspecify.annotations.NullMarked;
