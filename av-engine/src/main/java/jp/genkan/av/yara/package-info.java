/**
 * YARA 4.2: rule files compiled to conditions over a shared set of patterns.
 *
 * <pre>
 * files ──YaraCompiler.add──▶ problems        YaraCompiler.build ──▶ YaraRules (PatternRules)
 *             └─ patterns ──▶ PatternSetBuilder (shared with other signatures)
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.yara.YaraCompiler}.
 *
 * <p>Thread rule: a compiler belongs to one thread, rules to everybody, their matchers to one thread each.
 */
@NullMarked
package jp.genkan.av.yara;

import org.jspecify.annotations.NullMarked;
