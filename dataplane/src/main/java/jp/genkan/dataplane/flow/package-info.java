/**
 * Flows: {@link jp.genkan.dataplane.flow.FlowTable} finds the 5-tuple entry of a packet, {@link jp.genkan.dataplane.flow.FlowView} is what
 * everybody else sees of it, and {@link jp.genkan.dataplane.flow.TcpTracker} follows both ends of a TCP connection from the middle.
 *
 * <p>Thread rule: one table, its views and its tracker a worker; counters may be read by anybody. Time is always a parameter.
 */
@NullMarked
package jp.genkan.dataplane.flow;

import org.jspecify.annotations.NullMarked;
