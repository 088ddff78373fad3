/**
 * YARA's module {@code hash}: digests and sums of parts of a file.
 *
 * <p>Main type: {@link jp.genkan.av.yara.module.hash.HashModule}.
 *
 * <p>Thread rule: the module is immutable; what it loads belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.yara.module.hash;

import org.jspecify.annotations.NullMarked;
