/**
 * Where lists come from and how they come into force: {@link jp.genkan.urlfilter.source.SiteLists} watches the files of the configuration and of
 * the content folder, has them compiled when one has changed, and puts the result into the {@link jp.genkan.urlfilter.site.SiteBase}.
 *
 * <p>Thread rule: loading happens on one control-plane thread at a time; workers only see the base.
 */
@NullMarked
package jp.genkan.urlfilter.source;

import org.jspecify.annotations.NullMarked;
