/**
 * Names under which strangers have names: {@link jp.genkan.urlfilter.suffix.PublicSuffixes} tells top-level domains and hosting platforms from
 * the sites of one owner.
 *
 * <p>Thread rule: immutable once read.
 */
@NullMarked
package jp.genkan.urlfilter.suffix;

import org.jspecify.annotations.NullMarked;
