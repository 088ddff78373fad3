package jp.genkan.core.decode;

import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;

/**
 * IPv4 (RFC 791), IPv6 with its extension headers (RFC 8200), and ARP for IPv4 over Ethernet (RFC 826).
 *
 * <p>A fragment gets no transport layer, the first one neither: only the whole datagram is inspected.
 */
final class IpDecoder {
    /**
     * Most extension headers that are followed. Hosts send at most a handful (RFC 9099 §2.2 asks to drop long chains); sixteen leave room
     * for the repeated headers that evasion tools send.
     */
    static final int EXTENSIONS_MAX = 16;

    private static final int LARGEST_DATAGRAM = 65_535;

    private static final int IPV4_LENGTH = 20;
    private static final int IPV4_TOS = 1;
    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV4_IDENTIFICATION = 4;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_TTL = 8;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV4_MORE_FRAGMENTS = 0x2000;
    private static final int IPV4_FRAGMENT_OFFSET = 0x1fff;

    private static final int IPV6_LENGTH = 40;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_HOP_LIMIT = 7;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;

    private static final int ARP_LENGTH = 28;
    private static final long ARP_ETHERNET_AND_IPV4 = 0x0001_0800_0604L;
    /** Request, reply, and those of reverse and inverse ARP (RFC 903, RFC 2390). */
    private static final int ARP_OPERATIONS = 10;

    private static final int HEADER_CHECKSUM = 10;
    private static final int ESP_LENGTH = 8;

    private final ChecksumPolicy checksums;
    private final TransportDecoder transport;
    private final TunnelDecoder tunnels;

    IpDecoder(ChecksumPolicy checksums, TransportDecoder transport, TunnelDecoder tunnels) {
        this.checksums = checksums;
        this.transport = transport;
        this.tunnels = tunnels;
    }

    // ---- ARP

    void arp(Packet packet, long offset, long end) {
        if (end - offset < ARP_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.ARP_TOO_SMALL);
            return;
        }
        if (packet.u64(offset) >>> 16 != ARP_ETHERNET_AND_IPV4) {
            markArp(packet, offset);
            return;
        }
        int operation = packet.u16(offset + 6);
        if (operation == 0 || operation > ARP_OPERATIONS) {
            packet.mark(DecodeAnomaly.ARP_OPERATION);
        }
        packet.sourceLow = mapped(packet.u32(offset + 14));
        packet.destinationLow = mapped(packet.u32(offset + 24));
    }

    private static void markArp(Packet packet, long offset) {
        if (packet.u16(offset) != 1) {
            packet.mark(DecodeAnomaly.ARP_HARDWARE);
        } else if (packet.u16(offset + 2) != EtherType.IPV4) {
            packet.mark(DecodeAnomaly.ARP_PROTOCOL);
        } else if (packet.u8(offset + 4) != 6) {
            packet.mark(DecodeAnomaly.ARP_HARDWARE_SIZE);
        } else {
            packet.mark(DecodeAnomaly.ARP_PROTOCOL_SIZE);
        }
    }

    // ---- IPv4

    void ipv4(Packet packet, long offset, long end) {
        long here = end - offset;
        if (here < IPV4_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.IPV4_TOO_SMALL);
            return;
        }
        int versionAndLength = packet.u8(offset);
        int headerLength = (versionAndLength & 15) * 4;
        if (versionAndLength >>> 4 != 4) {
            packet.mark(DecodeAnomaly.IPV4_WRONG_VERSION);
            return;
        }
        if (headerLength < IPV4_LENGTH || headerLength > here) {
            packet.mark(DecodeAnomaly.IPV4_HEADER_TOO_SMALL);
            return;
        }
        int totalLength = packet.u16(offset + IPV4_TOTAL_LENGTH);
        if (totalLength == 0 && packet.gsoSize > 0) {
            totalLength = (int) here; // a super-frame of more than 65,535 octets, by the kernel's own hand
        }
        if (totalLength < headerLength) {
            packet.mark(DecodeAnomaly.IPV4_LENGTH_TOO_SMALL);
            return;
        }
        ipv4Header(packet, offset, headerLength);
        packet.ipLength = (int) Math.min(totalLength, here);
        boolean verifiable =
                headerLength == IPV4_LENGTH || Ipv4Options.walk(packet, offset + IPV4_LENGTH, offset + headerLength);
        boolean unfinished = checksums == ChecksumPolicy.VERIFY_CAPTURE && packet.u16(offset + HEADER_CHECKSUM) == 0;
        if (checksums != ChecksumPolicy.IGNORE
                && !unfinished
                && !Checksum.isSound(Checksum.add(0, packet.segment(), offset, headerLength))) {
            packet.mark(DecodeAnomaly.IPV4_CHECKSUM);
        }
        if (totalLength > here) {
            if (!FrameDecoder.isCut(packet, end)) {
                packet.mark(DecodeAnomaly.IPV4_TRUNCATED);
                return;
            }
            verifiable = false;
        }
        payload(packet, offset + headerLength, verifiable);
    }

    private static void ipv4Header(Packet packet, long offset, int headerLength) {
        packet.ipVersion = 4;
        packet.etherType = EtherType.IPV4;
        packet.ipOffset = offset;
        packet.ipHeaderLength = headerLength;
        packet.ipTos = packet.u8(offset + IPV4_TOS);
        packet.ipTtl = packet.u8(offset + IPV4_TTL);
        packet.ipProtocol = packet.u8(offset + IPV4_PROTOCOL);
        packet.sourceLow = mapped(packet.u32(offset + IPV4_SOURCE));
        packet.destinationLow = mapped(packet.u32(offset + IPV4_DESTINATION));
        int fragment = packet.u16(offset + IPV4_FRAGMENT);
        packet.fragmentId = packet.u16(offset + IPV4_IDENTIFICATION);
        packet.fragmentMore = (fragment & IPV4_MORE_FRAGMENTS) != 0;
        packet.fragmentOffset = (fragment & IPV4_FRAGMENT_OFFSET) << 3;
    }

    private static long mapped(int address) {
        return Address.MAPPED_PREFIX | address & 0xffff_ffffL;
    }

    // ---- IPv6

    void ipv6(Packet packet, long offset, long end) {
        long here = end - offset;
        if (here < IPV6_LENGTH) {
            FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.IPV6_TOO_SMALL);
            return;
        }
        if (packet.u8(offset) >>> 4 != 6) {
            packet.mark(DecodeAnomaly.IPV6_WRONG_VERSION);
            return;
        }
        int totalLength = IPV6_LENGTH + packet.u16(offset + IPV6_PAYLOAD_LENGTH);
        if (totalLength == IPV6_LENGTH && packet.gsoSize > 0) {
            totalLength = (int) here; // a super-frame with a jumbo payload option (RFC 2675)
        }
        ipv6Header(packet, offset);
        packet.ipLength = (int) Math.min(totalLength, here);
        boolean cut = false;
        if (totalLength > here) {
            if (!FrameDecoder.isCut(packet, end)) {
                packet.mark(DecodeAnomaly.IPV6_TRUNCATED);
                return;
            }
            cut = true;
        }
        extensions(packet, offset, cut);
    }

    private static void ipv6Header(Packet packet, long offset) {
        packet.ipVersion = 6;
        packet.etherType = EtherType.IPV6;
        packet.ipOffset = offset;
        packet.ipHeaderLength = IPV6_LENGTH;
        packet.ipTos = packet.u16(offset) >>> 4 & 0xff;
        packet.ipTtl = packet.u8(offset + IPV6_HOP_LIMIT);
        packet.ipProtocol = packet.u8(offset + IPV6_NEXT_HEADER);
        packet.sourceHigh = packet.u64(offset + IPV6_SOURCE);
        packet.sourceLow = packet.u64(offset + IPV6_SOURCE + 8);
        packet.destinationHigh = packet.u64(offset + IPV6_DESTINATION);
        packet.destinationLow = packet.u64(offset + IPV6_DESTINATION + 8);
    }

    /** Walks the extension headers up to the transport layer or to a fragment's payload. */
    private void extensions(Packet packet, long offset, boolean cut) {
        long end = offset + packet.ipLength;
        long at = offset + IPV6_LENGTH;
        boolean verifiable = !cut;
        int seen = 0;
        int next = packet.ipProtocol;
        for (int walked = 0; Ipv6Extension.isExtension(next) && !packet.isFragment(); walked++) {
            if (walked == EXTENSIONS_MAX) {
                packet.mark(DecodeAnomaly.IPV6_EXTENSION_TOO_MANY);
                return;
            }
            long length = extensionLength(packet, next, at, end);
            if (length > end - at) {
                if (!cut) {
                    packet.mark(DecodeAnomaly.IPV6_EXTENSION_TRUNCATED);
                }
                return;
            }
            seen = Ipv6Options.check(packet, next, at, length, seen);
            if (next == IpProtocol.FRAGMENT) {
                packet.fragmentOffset = packet.u16(at + 2) & 0xfff8;
                packet.fragmentMore = (packet.u16(at + 2) & 1) != 0;
                packet.fragmentId = packet.u32(at + 4);
            } else if (next == IpProtocol.ROUTING) {
                verifiable &=
                        packet.u8(at + 3) == 0; // the last destination stands in the header while segments are left
            }
            next = packet.u8(at);
            at += length;
            packet.ipProtocol = next;
            packet.ipHeaderLength = (int) (at - offset);
        }
        payload(packet, at, verifiable);
    }

    /** Octets of the extension header here; more than there can be when not even its length is here. */
    private static long extensionLength(Packet packet, int type, long at, long end) {
        return end - at >= Ipv6Extension.SMALLEST ? Ipv6Extension.length(type, packet.u8(at + 1)) : Long.MAX_VALUE;
    }

    // ---- both

    private void payload(Packet packet, long offset, boolean verifiable) {
        long end = packet.ipOffset + packet.ipLength;
        if (packet.isFragment()) {
            fragment(packet, end - offset);
            return;
        }
        long at = offset;
        if (packet.ipVersion == 4 && packet.ipProtocol == IpProtocol.AUTHENTICATION) {
            at = behindAuthentication(packet, offset, end);
            if (at < 0) {
                return;
            }
        }
        boolean verify = verifiable && !packet.checksumTrusted && checksums != ChecksumPolicy.IGNORE;
        switch (packet.ipProtocol) {
            case IpProtocol.TCP -> transport.tcp(packet, at, end, verify);
            case IpProtocol.UDP -> transport.udp(packet, at, end, verify);
            case IpProtocol.ICMP -> transport.icmp(packet, at, end, verify);
            case IpProtocol.ICMPV6 -> transport.icmpv6(packet, at, end, verify);
            case IpProtocol.SCTP -> transport.sctp(packet, at, end);
            case IpProtocol.IGMP -> IgmpCheck.check(packet, at, end);
            case IpProtocol.IPV4 -> tunnels.ip(packet, EtherType.IPV4, at, end);
            case IpProtocol.IPV6 -> tunnels.ip(packet, EtherType.IPV6, at, end);
            case IpProtocol.GRE -> tunnels.gre(packet, at, end);
            case IpProtocol.ENCAPSULATED -> {
                if (end - at < ESP_LENGTH) {
                    FrameDecoder.markUnlessCut(packet, end, DecodeAnomaly.ESP_TOO_SMALL);
                }
            }
            case IpProtocol.NO_NEXT_HEADER -> {
                if (at < end) {
                    packet.mark(DecodeAnomaly.IPV6_DATA_AFTER_NONE);
                }
            }
            default -> packet.mark(DecodeAnomaly.IP_PROTOCOL_UNKNOWN);
        }
    }

    private static void fragment(Packet packet, long length) {
        if (packet.fragmentOffset + length > LARGEST_DATAGRAM) {
            packet.mark(DecodeAnomaly.FRAGMENT_TOO_LARGE);
        }
    }

    /** Steps over an authentication header behind IPv4; -1 when it is cut off. */
    private static long behindAuthentication(Packet packet, long offset, long end) {
        long length = extensionLength(packet, IpProtocol.AUTHENTICATION, offset, end);
        if (length > end - offset) {
            packet.mark(DecodeAnomaly.IP_PROTOCOL_UNKNOWN);
            return -1;
        }
        packet.ipProtocol = packet.u8(offset);
        return offset + length;
    }
}
