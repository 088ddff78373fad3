/**
 * YARA's module {@code elf}: the headers and symbols of ELF programs, as YARA 4.2 tells them.
 *
 * <p>Main type: {@link jp.genkan.av.yara.module.elf.ElfModule}.
 *
 * <p>Thread rule: the module is immutable; what it loads belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.yara.module.elf;

import org.jspecify.annotations.NullMarked;
