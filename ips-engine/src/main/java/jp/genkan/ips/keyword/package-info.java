/**
 * The words of the rule language. {@link jp.genkan.ips.keyword.Language} lists the families; each is a package of its own below this one.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.Language}.
 *
 * <p>Thread rule: filled once, then only read.
 */
@NullMarked
package jp.genkan.ips.keyword;

import org.jspecify.annotations.NullMarked;
