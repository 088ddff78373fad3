/**
 * The matcher: a compiled set of rules, what each worker knows of its flows, and the stage that holds one against the other.
 *
 * <p>Main types: {@link jp.genkan.ips.engine.RuleSet}, {@link jp.genkan.ips.engine.IpsStage}.
 *
 * <p>Thread rule: a rule set is immutable and shared; everything else belongs to a worker.
 */
@NullMarked
package jp.genkan.ips.engine;

import org.jspecify.annotations.NullMarked;
