/**
 * What changes a buffer before it is looked at: letter case, white space, codings, digests, parts of domain names; and the step that measures entropy.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.transform.TransformKeywords}. Not done: {@code luaxform}.
 *
 * <p>Thread rule: transforms are immutable and shared.
 */
@NullMarked
package jp.genkan.ips.keyword.transform;

import org.jspecify.annotations.NullMarked;
