package jp.genkan.dataplane.reject;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.frame.Packet;

/**
 * The headers of a frame that the box makes about another one: link layer, VLAN tags and PPPoE session are taken over, the ends' addresses too, swapped where the
 * frame goes back to its sender.
 *
 * <p>Thread rule: stateless but for the kind of link. Nothing allocates.
 */
final class ReplyHeaders {
    /** Octets of a link-layer header that are copied; a longer one (a deep MPLS stack) is not answered. */
    static final int LINK_HEADER_MAX = 64;

    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    private static final int TTL = 64;

    private final boolean ethernet;

    ReplyHeaders(boolean ethernet) {
        this.ethernet = ethernet;
    }

    static int ipHeader(Packet about) {
        return about.ipVersion == 4 ? IPV4_HEADER : IPV6_HEADER;
    }

    /** Writes everything up to the transport layer; returns where the IP header is. */
    long write(Packet about, boolean toSender, int ipLength, int protocol, MemorySegment target, long offset) {
        int linkHeader = (int) (about.ipOffset - about.frameOffset);
        MemorySegment.copy(about.segment(), about.frameOffset, target, offset, linkHeader);
        if (toSender && ethernet && linkHeader >= 14) {
            MemorySegment.copy(about.segment(), about.frameOffset + 6, target, offset, 6);
            MemorySegment.copy(about.segment(), about.frameOffset, target, offset + 6, 6);
        }
        long ip = offset + linkHeader;
        if (about.pppoeSession != Packet.NONE && linkHeader >= 22) {
            target.set(Packet.U16, ip - 4, (short) (ipLength + 2)); // PPPoE counts the PPP protocol field (RFC 2516 §4)
        }
        if (about.ipVersion == 4) {
            writeIpv4(about, toSender, ipLength, protocol, target, ip);
        } else {
            writeIpv6(about, toSender, ipLength, protocol, target, ip);
        }
        return ip;
    }

    /** Writes the two ports that every transport header begins with. */
    static void writePorts(Packet about, boolean toSender, MemorySegment target, long transport) {
        target.set(Packet.U16, transport, (short) (toSender ? about.destinationPort : about.sourcePort));
        target.set(Packet.U16, transport + 2, (short) (toSender ? about.sourcePort : about.destinationPort));
    }

    private static void writeIpv4(
            Packet about, boolean toSender, int ipLength, int protocol, MemorySegment target, long ip) {
        target.set(ValueLayout.JAVA_BYTE, ip, (byte) 0x45);
        target.set(ValueLayout.JAVA_BYTE, ip + 1, (byte) 0);
        target.set(Packet.U16, ip + 2, (short) ipLength);
        target.set(Packet.U32, ip + 4, 0x4000); // identification 0, don't fragment (RFC 6864 §4)
        target.set(ValueLayout.JAVA_BYTE, ip + 8, (byte) TTL);
        target.set(ValueLayout.JAVA_BYTE, ip + 9, (byte) protocol);
        target.set(Packet.U16, ip + 10, (short) 0);
        target.set(Packet.U32, ip + 12, (int) (toSender ? about.destinationLow : about.sourceLow));
        target.set(Packet.U32, ip + 16, (int) (toSender ? about.sourceLow : about.destinationLow));
        target.set(Packet.U16, ip + 10, checksum(target, ip, IPV4_HEADER, 0));
    }

    private static void writeIpv6(
            Packet about, boolean toSender, int ipLength, int protocol, MemorySegment target, long ip) {
        target.set(Packet.U32, ip, 0x6000_0000);
        target.set(Packet.U16, ip + 4, (short) (ipLength - IPV6_HEADER));
        target.set(ValueLayout.JAVA_BYTE, ip + 6, (byte) protocol);
        target.set(ValueLayout.JAVA_BYTE, ip + 7, (byte) TTL);
        target.set(Packet.U64, ip + 8, toSender ? about.destinationHigh : about.sourceHigh);
        target.set(Packet.U64, ip + 16, toSender ? about.destinationLow : about.sourceLow);
        target.set(Packet.U64, ip + 24, toSender ? about.sourceHigh : about.destinationHigh);
        target.set(Packet.U64, ip + 32, toSender ? about.sourceLow : about.destinationLow);
    }

    /** The sum over the pseudo header of a packet that was written here. */
    static long pseudoHeader(MemorySegment target, long ip, int length, int protocol) {
        boolean v4 = target.get(ValueLayout.JAVA_BYTE, ip) == 0x45;
        long from = ip + (v4 ? 12 : 8);
        int octets = v4 ? 8 : 32;
        long sum = (long) length + protocol;
        for (int i = 0; i < octets; i += 2) {
            sum += target.get(Packet.U16, from + i) & 0xffff;
        }
        return sum;
    }

    /** The Internet checksum (RFC 1071); only ever over the few octets written here. */
    static short checksum(MemorySegment target, long offset, int length, long sum) {
        long total = sum;
        for (int i = 0; i + 1 < length; i += 2) {
            total += target.get(Packet.U16, offset + i) & 0xffff;
        }
        if ((length & 1) != 0) {
            total += (target.get(ValueLayout.JAVA_BYTE, offset + length - 1) & 0xff) << 8;
        }
        while (total >>> 16 != 0) {
            total = (total & 0xffff) + (total >>> 16);
        }
        return (short) ~total;
    }
}
