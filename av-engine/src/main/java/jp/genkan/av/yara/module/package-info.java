/**
 * Modules of YARA: what rules can {@code import}. A module is a tree of typed fields over a Java object that it makes of a content, once a
 * scan and only when a condition asks.
 *
 * <p>Main type: {@link jp.genkan.av.yara.module.YaraModule}; their list is {@link jp.genkan.av.yara.module.YaraModules}.
 *
 * <p>Thread rule: modules and types are immutable and belong to everybody; what a module loads belongs to the thread that scans.
 */
@NullMarked
package jp.genkan.av.yara.module;

import org.jspecify.annotations.NullMarked;
