/**
 * Ports: the interfaces of the box. {@link jp.genkan.dataplane.port.PortSetup} finds and checks them, {@link jp.genkan.dataplane.port.Ports}
 * opens a ring for each worker on each of them, and a {@link jp.genkan.dataplane.port.PortQueue} is what one worker receives and sends
 * frames by. {@link jp.genkan.dataplane.port.HostPort} is the box's own place on the wire.
 *
 * <p>A frame's way here: the kernel writes it into a slot of the ring, {@code AfPacketQueue.receive} puts a {@code Packet} over it,
 * {@code send} of another port's queue notes its address, {@code flush} hands all noted addresses to the kernel by one sendmmsg(2), and
 * {@code release} gives the slots back. Nobody copies it in user space.
 *
 * <p>Thread rule: a {@code PortQueue} and a {@code Poller} belong to one worker; what changes on an interface is noticed by one thread of
 * this package, which opens new sockets and hands them to the workers.
 */
@NullMarked
package jp.genkan.dataplane.port;

import org.jspecify.annotations.NullMarked;
