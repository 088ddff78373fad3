/**
 * Keywords about one packet's headers: IP, TCP, UDP, ICMP, IGMP, SCTP, VLAN, checksums, and the buffers that hold a header's octets. A rule that uses one of
 * them is asked packet by packet.
 *
 * <p>Main type: {@link jp.genkan.ips.keyword.packet.PacketKeywords}.
 *
 * <p>Thread rule: immutable.
 */
@NullMarked
package jp.genkan.ips.keyword.packet;

import org.jspecify.annotations.NullMarked;
