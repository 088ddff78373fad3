/**
 * How often rules speak: counting their matches, and the thresholds and suppressions that stand outside of rules.
 *
 * <p>Main type: {@link jp.genkan.ips.threshold.Thresholds}.
 *
 * <p>Thread rule: counting is shared by all workers; the rest is control plane, and its records are immutable.
 */
@NullMarked
package jp.genkan.ips.threshold;

import org.jspecify.annotations.NullMarked;
