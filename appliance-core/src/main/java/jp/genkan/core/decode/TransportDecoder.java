package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;

/**
 * TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792), ICMPv6 (RFC 4443) and the common header of SCTP (RFC 9260).
 *
 * <p>A header that is cut off or lies about its length leaves {@link Packet#transportOffset} at {@link Packet#NONE}. One with a wrong
 * checksum is decoded and marked: the receiver will ignore it, so the inspection must too.
 */
final class TransportDecoder {
    private static final int TCP_LENGTH = 20;
    private static final int UDP_LENGTH = 8;
    private static final int ICMP_LENGTH = 8;
    private static final int SCTP_LENGTH = 12;

    private static final int TCP_OPTIONS = 20;
    /** NOP, NOP, timestamps of ten octets: what nearly every segment of an established connection carries. */
    private static final int TCP_COMMON_OPTIONS = 0x0101_080a;

    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMPV6_CHECKSUM = 2;

    private final TunnelDecoder tunnels;
    private final boolean takesUnfinished;

    /**
     * @param takesUnfinished true when a checksum that the sender left to its network card is not wrong
     */
    TransportDecoder(TunnelDecoder tunnels, boolean takesUnfinished) {
        this.tunnels = tunnels;
        this.takesUnfinished = takesUnfinished;
    }

    // ---- TCP

    void tcp(Packet packet, long offset, long end, boolean verify) {
        long here = end - offset;
        if (here < TCP_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.TCP_TOO_SMALL);
            return;
        }
        int offsetAndFlags = packet.u16(offset + 12);
        int headerLength = offsetAndFlags >>> 12 << 2;
        if (headerLength < TCP_LENGTH) {
            packet.mark(DecodeAnomaly.TCP_HEADER_TOO_SMALL);
            return;
        }
        if (headerLength > here) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.TCP_HEADER_TOO_SMALL);
            return;
        }
        packet.transportOffset = offset;
        packet.sourcePort = packet.u16(offset);
        packet.destinationPort = packet.u16(offset + 2);
        packet.tcpSequence = packet.u32(offset + 4);
        packet.tcpAcknowledgment = packet.u32(offset + 8);
        packet.tcpFlags = offsetAndFlags & 0xff;
        packet.tcpWindow = packet.u16(offset + 14);
        packet.tcpHeaderLength = headerLength;
        packet.payloadOffset = offset + headerLength;
        packet.payloadLength = (int) (here - headerLength);
        if (headerLength > TCP_LENGTH) {
            tcpOptions(packet, offset + TCP_OPTIONS, offset + headerLength);
        }
        if (verify && !isSound(packet, IpProtocol.TCP, offset, (int) here, TCP_CHECKSUM)) {
            packet.mark(DecodeAnomaly.TCP_CHECKSUM);
        }
    }

    private static void tcpOptions(Packet packet, long offset, long end) {
        if (end - offset == 12 && packet.u32(offset) == TCP_COMMON_OPTIONS) {
            return;
        }
        long seen = 0;
        long at = offset;
        while (at < end) {
            int kind = packet.u8(at);
            if (kind == TcpOptions.END) {
                return;
            }
            int length = kind == TcpOptions.NOP ? 1 : end - at >= 2 ? packet.u8(at + 1) : 0;
            if (length > end - at || length < 2 && kind != TcpOptions.NOP) {
                packet.mark(DecodeAnomaly.TCP_OPTION_INVALID);
                return;
            }
            if (!TcpOptions.hasOwnLength(kind, length)) {
                packet.mark(DecodeAnomaly.TCP_OPTION_INVALID);
            }
            long bit = kind >= TcpOptions.MAXIMUM_SEGMENT_SIZE && kind <= TcpOptions.TIMESTAMPS ? 1L << kind : 0;
            if ((seen & bit) != 0) {
                packet.mark(DecodeAnomaly.TCP_OPTION_DUPLICATE);
            }
            seen |= bit;
            at += length;
        }
    }

    // ---- UDP

    void udp(Packet packet, long offset, long end, boolean verify) {
        long here = end - offset;
        if (here < UDP_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.UDP_TOO_SMALL);
            return;
        }
        int length = packet.u16(offset + 4);
        if (length == 0 && packet.gsoSize > 0) {
            length = (int) here; // a super-frame whose length does not fit
        }
        if (length < UDP_LENGTH) {
            packet.mark(DecodeAnomaly.UDP_LENGTH_INVALID);
            return;
        }
        if (length > here && !FrameDecoder.isCut(packet, end)) {
            packet.mark(DecodeAnomaly.UDP_TRUNCATED);
            return;
        }
        boolean whole = length <= here;
        long udpEnd = whole ? offset + length : end;
        packet.transportOffset = offset;
        packet.sourcePort = packet.u16(offset);
        packet.destinationPort = packet.u16(offset + 2);
        packet.payloadOffset = offset + UDP_LENGTH;
        packet.payloadLength = (int) (udpEnd - offset) - UDP_LENGTH;
        if (verify && whole && !udpChecksumSound(packet, offset, length)) {
            packet.mark(DecodeAnomaly.UDP_CHECKSUM);
        }
        tunnels.udp(packet, udpEnd);
    }

    /** Zero is "none" over IPv4 (RFC 768), and over IPv6 only for tunnels (RFC 8200 §8.1, RFC 6935). */
    private boolean udpChecksumSound(Packet packet, long offset, int length) {
        if (packet.u16(offset + UDP_CHECKSUM) == 0) {
            return packet.ipVersion == 4 || TunnelDecoder.isOverUdp(packet.destinationPort);
        }
        return isSound(packet, IpProtocol.UDP, offset, length, UDP_CHECKSUM);
    }

    // ---- ICMP, ICMPv6, SCTP

    void icmp(Packet packet, long offset, long end, boolean verify) {
        if (end - offset < ICMP_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.ICMP_TOO_SMALL);
            return;
        }
        icmpHeader(packet, offset, end);
        if (packet.ipVersion == 6) {
            packet.mark(DecodeAnomaly.IPV6_CARRIES_ICMPV4);
        }
        IcmpCheck.icmp(packet, packet.payloadOffset, end);
        if (verify && !Checksum.isSound(Checksum.add(0, packet.segment(), offset, (int) (end - offset)))) {
            packet.mark(DecodeAnomaly.ICMP_CHECKSUM);
        }
    }

    void icmpv6(Packet packet, long offset, long end, boolean verify) {
        if (end - offset < ICMP_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.ICMPV6_TOO_SMALL);
            return;
        }
        icmpHeader(packet, offset, end);
        if (packet.ipVersion == 4) {
            packet.mark(DecodeAnomaly.IPV4_CARRIES_ICMPV6);
        }
        IcmpCheck.icmpv6(packet, packet.payloadOffset, end);
        if (verify && !isSound(packet, IpProtocol.ICMPV6, offset, (int) (end - offset), ICMPV6_CHECKSUM)) {
            packet.mark(DecodeAnomaly.ICMPV6_CHECKSUM);
        }
    }

    private static void icmpHeader(Packet packet, long offset, long end) {
        packet.transportOffset = offset;
        packet.sourcePort = packet.u8(offset);
        packet.destinationPort = packet.u8(offset + 1);
        packet.payloadOffset = offset + ICMP_LENGTH;
        packet.payloadLength = (int) (end - offset) - ICMP_LENGTH;
    }

    void sctp(Packet packet, long offset, long end) {
        if (end - offset < SCTP_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.SCTP_TOO_SMALL);
            return;
        }
        packet.transportOffset = offset;
        packet.sourcePort = packet.u16(offset);
        packet.destinationPort = packet.u16(offset + 2);
        packet.payloadOffset = offset + SCTP_LENGTH;
        packet.payloadLength = (int) (end - offset) - SCTP_LENGTH;
        SctpCheck.check(packet, packet.u32(offset + 4), offset + SCTP_LENGTH, end);
    }

    /** Verifies a checksum that covers the pseudo-header (RFC 9293 §3.1, RFC 8200 §8.1). */
    private boolean isSound(Packet packet, int protocol, long offset, int length, int checksumAt) {
        boolean v4 = packet.ipVersion == 4;
        long addresses = packet.ipOffset + (v4 ? 12 : 8);
        long sum = Checksum.add(0, packet.segment(), addresses, v4 ? 8 : 32);
        sum = Checksum.addU16(sum, protocol);
        sum = Checksum.addU16(sum, length & 0xffff);
        sum = Checksum.addU16(sum, length >>> 16);
        return Checksum.isSound(Checksum.add(sum, packet.segment(), offset, length))
                || takesUnfinished && packet.u16(offset + checksumAt) == (~Checksum.finish(sum) & 0xffff);
    }
}
