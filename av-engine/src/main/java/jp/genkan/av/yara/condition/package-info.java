/**
 * Conditions of rules: their tree, what of it can be known before a scan, and the code that decides it.
 *
 * <pre>
 * Term ──Requirement──▶ patterns of which one has to be found, or else the rule is not looked at
 * Term ──CodeCompiler──▶ code ──Evaluation (one a thread)──▶ true, false, undefined
 * </pre>
 *
 * <p>Main type: {@link jp.genkan.av.yara.condition.Term}.
 *
 * <p>Thread rule: terms and code are immutable; an evaluation belongs to one thread.
 */
@NullMarked
package jp.genkan.av.yara.condition;

import org.jspecify.annotations.NullMarked;
