/**
 * YARA's module {@code math}: statistics of octets.
 *
 * <p>Main type: {@link jp.genkan.av.yara.module.math.MathModule}.
 *
 * <p>Thread rule: the module is immutable; what it loads belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.yara.module.math;

import org.jspecify.annotations.NullMarked;
