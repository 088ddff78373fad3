/**
 * What becomes of rules on a box: published rules only say {@code alert}; the policy says which of them block, which are logged and which are off, how grave a match is, and for whom a rule does not hold.
 *
 * <p>Main type: {@link jp.genkan.ips.policy.BoxPolicy}.
 *
 * <p>Thread rule: the thread that loads rules; policies are immutable.
 */
@NullMarked
package jp.genkan.ips.policy;

import org.jspecify.annotations.NullMarked;
