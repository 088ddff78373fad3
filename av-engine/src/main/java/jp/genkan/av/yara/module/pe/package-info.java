/**
 * YARA's module {@code pe}: the headers, sections, imports, resources and signatures of Windows programs, as YARA 4.2 tells them.
 *
 * <p>Main type: {@link jp.genkan.av.yara.module.pe.PeModule}.
 *
 * <p>Thread rule: the module is immutable; what it loads belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.yara.module.pe;

import org.jspecify.annotations.NullMarked;
