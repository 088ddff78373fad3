/**
 * What a person sees instead of a page that is blocked: {@link jp.genkan.urlfilter.page.BlockPage}.
 *
 * <p>Thread rule: immutable, shared by all workers.
 */
@NullMarked
package jp.genkan.urlfilter.page;

import org.jspecify.annotations.NullMarked;
