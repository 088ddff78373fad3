/**
 * What a rule is held against: the moment of a packet, a transaction or a file, and the pieces of octets that can be seen in it.
 *
 * <p>Main type: {@link jp.genkan.ips.match.Moment}.
 *
 * <p>Thread rule: a moment belongs to a worker; buffers, conditions and effects are immutable and shared.
 */
@NullMarked
package jp.genkan.ips.match;

import org.jspecify.annotations.NullMarked;
