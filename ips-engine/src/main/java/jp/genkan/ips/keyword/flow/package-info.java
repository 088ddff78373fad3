/**
 * Keywords about the flow of a packet: its state and direction, how much went through it, what it speaks, which of its packets are logged.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.flow.FlowKeywords}.
 *
 * <p>Thread rule: the thread that loads rules; what is compiled is immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.flow;

import org.jspecify.annotations.NullMarked;
