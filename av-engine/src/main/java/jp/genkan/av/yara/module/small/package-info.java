/**
 * YARA's modules that know nothing of the octets: {@code time} and {@code console}.
 *
 * <p>Main type: {@link jp.genkan.av.yara.module.small.TimeModule}.
 *
 * <p>Thread rule: the module is immutable; what it loads belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.yara.module.small;

import org.jspecify.annotations.NullMarked;
