/**
 * ClamAV's signatures by its public documentation: {@code .ndb} (patterns with a target and an offset), {@code .ldb} (logical expressions over
 * them), {@code .cdb} (members of containers), {@code .ign2} (names that are switched off).
 *
 * <pre>
 * files ──ClamCompiler.add──▶ problems     ClamCompiler.build ──▶ PatternRules
 *             └─ patterns ──▶ PatternSetBuilder (shared with other signatures)
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.clamav.ClamCompiler}.
 *
 * <p>Thread rule: a compiler belongs to one thread, rules to everybody, their matchers to one thread each.
 */
@NullMarked
package jp.genkan.av.clamav;

import org.jspecify.annotations.NullMarked;
