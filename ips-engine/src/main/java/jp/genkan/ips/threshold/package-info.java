/**
 * How often rules speak: counting their matches, and what stands about that outside of rules.
 *
 * <p>Main type: {@link jp.genkan.ips.threshold.Thresholds}.
 *
 * <p>Thread rule: counting is shared by all workers; records are immutable.
 */
@NullMarked
package jp.genkan.ips.threshold;

import org.jspecify.annotations.NullMarked;
