package jp.genkan.dataplane.reject;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.core.frame.Packet;

/**
 * Writes the frames by which both ends of a refused packet learn of it: RST for TCP (RFC 9293 §3.10.7.1), ICMP destination unreachable,
 * administratively prohibited, for the rest (RFC 1812 §5.2.7.1, RFC 4443 §3.1). They wear the addresses of the ends, and the link-layer
 * header, VLAN tags and PPPoE session of the packet they answer: a bridge has no address of its own.
 *
 * <p>Thread rule: one worker. Nothing allocates.
 */
public final class RejectWriter {
    /** Room that any frame written here fits in. */
    public static final int FRAME_MAX = 256;

    /** Octets of a link-layer header that are copied; a longer one (a deep MPLS stack) is not answered. */
    static final int LINK_HEADER_MAX = 64;

    private static final int TCP = 6;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int ICMP_HEADER = 8;
    private static final int TTL = 64;

    /** Octets of the refused packet's transport header that an ICMP error quotes (RFC 792). */
    private static final int QUOTED = 8;

    private static final int UNREACHABLE_V4 = 3;
    private static final int PROHIBITED_V4 = 13;
    private static final int UNREACHABLE_V6 = 1;
    private static final int PROHIBITED_V6 = 1;

    private final boolean ethernet;

    /**
     * A writer for one kind of link.
     *
     * @param ethernet true when frames begin with two MAC addresses, which are swapped in an answer
     */
    public RejectWriter(boolean ethernet) {
        this.ethernet = ethernet;
    }

    /** True when a frame can be answered at all: the packet is a frame's own IP packet, not the inside of a tunnel. */
    public static boolean canAnswer(Packet refused) {
        long linkHeader = refused.ipOffset - refused.frameOffset;
        return refused.isOutermost() && refused.ipVersion != 0 && linkHeader >= 0 && linkHeader <= LINK_HEADER_MAX;
    }

    /**
     * The RST that the sender of a refused TCP segment gets, in the name of its peer.
     *
     * @param sequence up to where the sender has the stream of its peer, as far as is known: it takes no other RST
     * @return length of the frame at {@code target + offset}, or 0 when there is nothing to answer (an RST itself)
     */
    public int resetToSender(Packet refused, int sequence, MemorySegment target, long offset) {
        if (refused.ipProtocol != TCP || refused.hasFlags(Packet.RST) || refused.transportOffset == Packet.NONE) {
            return 0;
        }
        int length =
                refused.payloadLength + (refused.hasFlags(Packet.SYN) ? 1 : 0) + (refused.hasFlags(Packet.FIN) ? 1 : 0);
        return writeReset(refused, true, sequence, refused.tcpSequence + length, target, offset);
    }

    /**
     * The RST that the receiver of a refused TCP segment gets instead of it, in the name of the sender.
     *
     * @param sequence up to where the receiver has the stream, as far as is known: it takes no other RST
     * @return length of the frame, or 0 when the receiver knows of no connection yet (the refused segment is the first SYN)
     */
    public int resetToReceiver(Packet refused, int sequence, MemorySegment target, long offset) {
        boolean firstSyn = refused.hasFlags(Packet.SYN) && !refused.hasFlags(Packet.ACK);
        if (refused.ipProtocol != TCP || refused.transportOffset == Packet.NONE || firstSyn) {
            return 0;
        }
        return writeReset(refused, false, sequence, refused.tcpAcknowledgment, target, offset);
    }

    /**
     * The ICMP or ICMPv6 error that the sender of a refused packet gets.
     *
     * @return length of the frame, or 0 when an error must not be answered with one, or the destination was a group (RFC 1122 §3.2.2)
     */
    public int unreachableToSender(Packet refused, MemorySegment target, long offset) {
        boolean isError = refused.ipProtocol == ICMP && refused.sourcePort != 8 && refused.sourcePort != 0
                || refused.ipProtocol == ICMPV6 && refused.sourcePort < 128;
        if (isError || isGroup(refused) || refused.fragmentOffset != 0) {
            return 0;
        }
        int quoted = Math.min(refused.ipLength, refused.ipHeaderLength + QUOTED);
        if (quoted > 96) {
            return 0; // options or extension headers beyond what an answer has room for
        }
        int ipHeader = refused.ipVersion == 4 ? IPV4_HEADER : IPV6_HEADER;
        int payload = ICMP_HEADER + quoted;
        int protocol = refused.ipVersion == 4 ? ICMP : ICMPV6;
        long ip = writeLinkAndIp(refused, true, ipHeader + payload, protocol, target, offset);
        long icmp = ip + ipHeader;
        target.set(ValueLayout.JAVA_BYTE, icmp, (byte) (refused.ipVersion == 4 ? UNREACHABLE_V4 : UNREACHABLE_V6));
        target.set(ValueLayout.JAVA_BYTE, icmp + 1, (byte) (refused.ipVersion == 4 ? PROHIBITED_V4 : PROHIBITED_V6));
        target.set(Packet.U16, icmp + 2, (short) 0);
        target.set(Packet.U32, icmp + 4, 0);
        MemorySegment.copy(refused.segment(), refused.ipOffset, target, icmp + ICMP_HEADER, quoted);
        long sum = refused.ipVersion == 4 ? 0 : pseudoHeader(target, ip, payload, ICMPV6);
        target.set(Packet.U16, icmp + 2, checksum(target, icmp, payload, sum));
        return (int) (icmp + payload - offset);
    }

    private int writeReset(
            Packet refused, boolean toSender, int sequence, int acknowledgment, MemorySegment target, long offset) {
        int ipHeader = refused.ipVersion == 4 ? IPV4_HEADER : IPV6_HEADER;
        long ip = writeLinkAndIp(refused, toSender, ipHeader + TCP_HEADER, TCP, target, offset);
        long tcp = ip + ipHeader;
        target.set(Packet.U16, tcp, (short) (toSender ? refused.destinationPort : refused.sourcePort));
        target.set(Packet.U16, tcp + 2, (short) (toSender ? refused.sourcePort : refused.destinationPort));
        target.set(Packet.U32, tcp + 4, sequence);
        target.set(Packet.U32, tcp + 8, acknowledgment);
        target.set(ValueLayout.JAVA_BYTE, tcp + 12, (byte) (TCP_HEADER / 4 << 4));
        target.set(ValueLayout.JAVA_BYTE, tcp + 13, (byte) (Packet.RST | Packet.ACK));
        target.set(Packet.U16, tcp + 14, (short) 0);
        target.set(Packet.U32, tcp + 16, 0);
        target.set(Packet.U16, tcp + 16, checksum(target, tcp, TCP_HEADER, pseudoHeader(target, ip, TCP_HEADER, TCP)));
        return (int) (tcp + TCP_HEADER - offset);
    }

    /** Writes everything up to the transport layer; returns where the IP header is. */
    private long writeLinkAndIp(
            Packet refused, boolean toSender, int ipLength, int protocol, MemorySegment target, long offset) {
        int linkHeader = (int) (refused.ipOffset - refused.frameOffset);
        MemorySegment.copy(refused.segment(), refused.frameOffset, target, offset, linkHeader);
        if (toSender && ethernet && linkHeader >= 14) {
            MemorySegment.copy(refused.segment(), refused.frameOffset + 6, target, offset, 6);
            MemorySegment.copy(refused.segment(), refused.frameOffset, target, offset + 6, 6);
        }
        long ip = offset + linkHeader;
        if (refused.pppoeSession != Packet.NONE && linkHeader >= 22) {
            target.set(Packet.U16, ip - 4, (short) (ipLength + 2)); // PPPoE counts the PPP protocol field (RFC 2516 §4)
        }
        if (refused.ipVersion == 4) {
            writeIpv4(refused, toSender, ipLength, protocol, target, ip);
        } else {
            writeIpv6(refused, toSender, ipLength, protocol, target, ip);
        }
        return ip;
    }

    private static void writeIpv4(
            Packet refused, boolean toSender, int ipLength, int protocol, MemorySegment target, long ip) {
        target.set(ValueLayout.JAVA_BYTE, ip, (byte) 0x45);
        target.set(ValueLayout.JAVA_BYTE, ip + 1, (byte) 0);
        target.set(Packet.U16, ip + 2, (short) ipLength);
        target.set(Packet.U32, ip + 4, 0x4000); // identification 0, don't fragment (RFC 6864 §4)
        target.set(ValueLayout.JAVA_BYTE, ip + 8, (byte) TTL);
        target.set(ValueLayout.JAVA_BYTE, ip + 9, (byte) protocol);
        target.set(Packet.U16, ip + 10, (short) 0);
        target.set(Packet.U32, ip + 12, (int) (toSender ? refused.destinationLow : refused.sourceLow));
        target.set(Packet.U32, ip + 16, (int) (toSender ? refused.sourceLow : refused.destinationLow));
        target.set(Packet.U16, ip + 10, checksum(target, ip, IPV4_HEADER, 0));
    }

    private static void writeIpv6(
            Packet refused, boolean toSender, int ipLength, int protocol, MemorySegment target, long ip) {
        target.set(Packet.U32, ip, 0x6000_0000);
        target.set(Packet.U16, ip + 4, (short) (ipLength - IPV6_HEADER));
        target.set(ValueLayout.JAVA_BYTE, ip + 6, (byte) protocol);
        target.set(ValueLayout.JAVA_BYTE, ip + 7, (byte) TTL);
        target.set(Packet.U64, ip + 8, toSender ? refused.destinationHigh : refused.sourceHigh);
        target.set(Packet.U64, ip + 16, toSender ? refused.destinationLow : refused.sourceLow);
        target.set(Packet.U64, ip + 24, toSender ? refused.sourceHigh : refused.destinationHigh);
        target.set(Packet.U64, ip + 32, toSender ? refused.sourceLow : refused.destinationLow);
    }

    private static boolean isGroup(Packet packet) {
        if (packet.ipVersion == 4) {
            int first = (int) packet.destinationLow >>> 24;
            return first >= 224;
        }
        return packet.destinationHigh >>> 56 == 0xff;
    }

    private static long pseudoHeader(MemorySegment target, long ip, int length, int protocol) {
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
    private static short checksum(MemorySegment target, long offset, int length, long sum) {
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
