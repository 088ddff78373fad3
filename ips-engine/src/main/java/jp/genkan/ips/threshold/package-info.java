/**
<<<<<<< HEAD
 * How often rules speak: counting their matches, and what stands about that outside of rules.
 *
 * <p>Main type: {@link jp.genkan.ips.threshold.Thresholds}.
 *
 * <p>Thread rule: counting is shared by all workers; records are immutable.
=======
 * Thresholds and suppressions that stand outside of rules.
 *
 * <p>Main type: {@link jp.genkan.ips.threshold.ThresholdConfig}.
 *
 * <p>Thread rule: control plane; records are immutable.
>>>>>>> 6a09feb (ips, replay: read classes, references, thresholds and the variables of a configuration)
 */
@NullMarked
package jp.genkan.ips.threshold;

import org.jspecify.annotations.NullMarked;
