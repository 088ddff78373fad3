/**
 * What is asked of the URL filter, and what it answers: a {@link jp.genkan.urlfilter.site.SiteQuery} is held against the
 * {@link jp.genkan.urlfilter.site.SiteBook} in force, and a {@link jp.genkan.urlfilter.site.Listing} comes back where a list names it.
 *
 * <p>Thread rule: a {@code SiteQuery} belongs to one worker; a {@code SiteBook} and its {@code Listing}s are immutable and shared; a
 * {@code SiteBase} may be read by anybody, without waiting.
 */
@NullMarked
package jp.genkan.urlfilter.site;

import org.jspecify.annotations.NullMarked;
