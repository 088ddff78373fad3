/**
 * The rule language: what a rule file says, before anything is compiled. Suricata 8's language, old spellings included.
 *
 * <p>Main type: {@link jp.genkan.ips.rule.Rule}.
 *
 * <p>Thread rule: control plane; records are immutable.
 */
@NullMarked
package jp.genkan.ips.rule;

import org.jspecify.annotations.NullMarked;
