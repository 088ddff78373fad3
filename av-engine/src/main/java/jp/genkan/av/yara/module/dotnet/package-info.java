/**
 * YARA's module {@code dotnet}: the metadata of .NET programs, as YARA 4.2 tells them.
 *
 * <p>Main type: {@link jp.genkan.av.yara.module.dotnet.DotnetModule}.
 *
 * <p>Thread rule: the module is immutable; what it loads belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.yara.module.dotnet;

import org.jspecify.annotations.NullMarked;
