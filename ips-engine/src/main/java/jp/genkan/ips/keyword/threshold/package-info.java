/**
 * Keywords that limit how often a rule speaks.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.threshold.ThresholdKeywords}.
 *
 * <p>Thread rule: the thread that loads rules.
 */
@NullMarked
package jp.genkan.ips.keyword.threshold;

import org.jspecify.annotations.NullMarked;
