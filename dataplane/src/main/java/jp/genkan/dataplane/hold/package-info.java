/**
 * Holding a direction of a TCP connection while a file in it is looked at, and delivering it afterwards, with octets replaced or as it came.
 *
 * <p>The box acknowledges to the sender what it has inspected, keeps it, and later sends it to the receiver itself; sequence numbers are those of the two ends, so
 * that they go on by themselves when nothing is held any more. {@link jp.genkan.dataplane.hold.Holds} is the main type; {@link
 * jp.genkan.dataplane.hold.HeldFrames} does the same for a capture, whose ends cannot be asked.
 *
 * <p>Thread rule: one worker.
 */
@NullMarked
package jp.genkan.dataplane.hold;

import org.jspecify.annotations.NullMarked;
