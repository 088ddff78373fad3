/**
 * What the owner adds to the lists: {@link jp.genkan.urlfilter.own.SiteExceptions} that no list may touch, and
 * {@link jp.genkan.urlfilter.own.Words} whose occurrence in a host or URL is told or blocked.
 *
 * <p>Thread rule: immutable, shared.
 */
@NullMarked
package jp.genkan.urlfilter.own;

import org.jspecify.annotations.NullMarked;
