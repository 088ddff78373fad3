/**
 * Intrusion prevention: the language of rules, what it is compiled to, and the stage that matches it against traffic.
 *
 * <p>Main type: {@link jp.genkan.ips.rule.Rule} begins the way of a rule.
 *
 * <p>Thread rule: compiled rules are immutable and shared; what matches belongs to a worker.
 */
@NullMarked
package jp.genkan.ips;

import org.jspecify.annotations.NullMarked;
