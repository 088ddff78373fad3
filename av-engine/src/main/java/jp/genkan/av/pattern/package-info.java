/**
 * Looks for very many byte patterns at once. Of every pattern the rarest literals it needs are found by one pass of Hyperscan over the
 * octets; a pattern is verified around those places only when somebody asks for it.
 *
 * <pre>
 * Pattern ──PatternSetBuilder.add──▶ id        PatternSetBuilder.build ──▶ PatternSet (immutable, shared)
 * Content ──PatternMatcher.scan (one a thread)──▶ which patterns may match ──▶ their matches, by id
 * PatternRules (YARA, ClamAV: what uses the ids) ──PatternSignatures──▶ Detections
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.pattern.PatternSetBuilder}.
 *
 * <p>Thread rule: patterns, sets and rules are immutable and belong to everybody; builders and matchers to one thread.
 */
@NullMarked
package jp.genkan.av.pattern;

import org.jspecify.annotations.NullMarked;
