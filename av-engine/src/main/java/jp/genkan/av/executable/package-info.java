/**
 * Programs as their headers describe them: PE, ELF and .NET. What several engines need of them stands here once.
 *
 * <p>Main type: {@link jp.genkan.av.executable.PeFile}.
 *
 * <p>Thread rule: immutable views on octets that belong to the thread that scans.
 */
@NullMarked
package jp.genkan.av.executable;

import org.jspecify.annotations.NullMarked;
