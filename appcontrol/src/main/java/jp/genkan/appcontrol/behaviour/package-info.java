/**
 * What machines do, whatever it is called: long uploads, beacons, many peers, scans, tunnels in DNS, TLS to addresses that nobody looked up.
 * {@link jp.genkan.appcontrol.behaviour.BehaviourWatch} is told of flows as they end, and of questions.
 *
 * <p>Thread rule: the watch is shared by all workers and locks itself, a call a flow.
 */
@NullMarked
package jp.genkan.appcontrol.behaviour;

import org.jspecify.annotations.NullMarked;
