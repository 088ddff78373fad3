/**
 * Traffic through the box, and what it tells: {@link jp.genkan.testbed.load.TcpTransfer} compares hashes,
 * {@link jp.genkan.testbed.load.EchoTick} finds outages, the others measure.
 *
 * <p>Thread rule: each load runs on threads of its own; its methods are for the thread that started it.
 */
@NullMarked
package jp.genkan.testbed.load;

import org.jspecify.annotations.NullMarked;
