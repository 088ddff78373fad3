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

    private static final int TCP = 6;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int TCP_HEADER = 20;
    private static final int ICMP_HEADER = 8;

    /** Octets of the refused packet's transport header that an ICMP error quotes (RFC 792). */
    private static final int QUOTED = 8;

    private static final int UNREACHABLE_V4 = 3;
    private static final int PROHIBITED_V4 = 13;
    private static final int UNREACHABLE_V6 = 1;
    private static final int PROHIBITED_V6 = 1;

    private final ReplyHeaders headers;

    /**
     * A writer for one kind of link.
     *
     * @param ethernet true when frames begin with two MAC addresses, which are swapped in an answer
     */
    public RejectWriter(boolean ethernet) {
        headers = new ReplyHeaders(ethernet);
    }

    /** True when a frame can be answered at all: the packet is a frame's own IP packet, not the inside of a tunnel. */
    public static boolean canAnswer(Packet refused) {
        long linkHeader = refused.ipOffset - refused.frameOffset;
        return refused.isOutermost()
                && refused.ipVersion != 0
                && linkHeader >= 0
                && linkHeader <= ReplyHeaders.LINK_HEADER_MAX;
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
        int ipHeader = ReplyHeaders.ipHeader(refused);
        int payload = ICMP_HEADER + quoted;
        int protocol = refused.ipVersion == 4 ? ICMP : ICMPV6;
        long ip = headers.write(refused, true, ipHeader + payload, protocol, target, offset);
        long icmp = ip + ipHeader;
        target.set(ValueLayout.JAVA_BYTE, icmp, (byte) (refused.ipVersion == 4 ? UNREACHABLE_V4 : UNREACHABLE_V6));
        target.set(ValueLayout.JAVA_BYTE, icmp + 1, (byte) (refused.ipVersion == 4 ? PROHIBITED_V4 : PROHIBITED_V6));
        target.set(Packet.U16, icmp + 2, (short) 0);
        target.set(Packet.U32, icmp + 4, 0);
        MemorySegment.copy(refused.segment(), refused.ipOffset, target, icmp + ICMP_HEADER, quoted);
        long sum = refused.ipVersion == 4 ? 0 : ReplyHeaders.pseudoHeader(target, ip, payload, ICMPV6);
        target.set(Packet.U16, icmp + 2, ReplyHeaders.checksum(target, icmp, payload, sum));
        return (int) (icmp + payload - offset);
    }

    private int writeReset(
            Packet refused, boolean toSender, int sequence, int acknowledgment, MemorySegment target, long offset) {
        int ipHeader = ReplyHeaders.ipHeader(refused);
        long ip = headers.write(refused, toSender, ipHeader + TCP_HEADER, TCP, target, offset);
        long tcp = ip + ipHeader;
        ReplyHeaders.writePorts(refused, toSender, target, tcp);
        target.set(Packet.U32, tcp + 4, sequence);
        target.set(Packet.U32, tcp + 8, acknowledgment);
        target.set(ValueLayout.JAVA_BYTE, tcp + 12, (byte) (TCP_HEADER / 4 << 4));
        target.set(ValueLayout.JAVA_BYTE, tcp + 13, (byte) (Packet.RST | Packet.ACK));
        target.set(Packet.U16, tcp + 14, (short) 0);
        target.set(Packet.U32, tcp + 16, 0);
        target.set(
                Packet.U16,
                tcp + 16,
                ReplyHeaders.checksum(target, tcp, TCP_HEADER, ReplyHeaders.pseudoHeader(target, ip, TCP_HEADER, TCP)));
        return (int) (tcp + TCP_HEADER - offset);
    }

    private static boolean isGroup(Packet packet) {
        if (packet.ipVersion == 4) {
            int first = (int) packet.destinationLow >>> 24;
            return first >= 224;
        }
        return packet.destinationHigh >>> 56 == 0xff;
    }
}
