package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.Packet;

/**
 * Finds the layers of a frame and writes what they say into the {@link Packet}. The way of a frame, from the outside to the inside:
 *
 * <pre>
 * decode ── link layer ── tags, PPPoE, MPLS ── IpDecoder ── TransportDecoder
 *               ▲                                  ▲               │
 *               └───── Packet.beginInner ──────────┴── TunnelDecoder
 * </pre>
 *
 * <p>Every read stands behind a comparison with the end of its layer, so no octets whatever raise an exception. A layer that is cut off
 * because the capture has a snap length is no anomaly: what is here is decoded, and checksums are not verified.
 *
 * <p>Not decoded: 802.1AE (encrypted), L2TP, what ESP hides, and the CRC32c of SCTP.
 *
 * <p>Thread rule: one a worker; keeps no state between two frames and allocates nothing in steady state.
 */
public final class FrameDecoder {
    /**
     * Most packets inside one another that are followed. Four are more than any sane network stacks (a VXLAN overlay that carries 6in4
     * in GRE is three), and keep the worst frame at five passes.
     */
    public static final int TUNNELS_MAX = 4;

    static final int ETHERNET_LENGTH = 14;
    private static final int ETHERNET_TYPE = 12;
    private static final int TAG_LENGTH = 4;
    private static final int VN_TAG_LENGTH = 6;
    /** A service instance of four octets and the addresses of the inner frame. */
    private static final int BACKBONE_LENGTH = 18;
    /** Most tags of any kind before the network layer: three of VLANs and three of others. */
    private static final int TAGS_MAX = 2 * Packet.VLANS_MAX;

    private static final int LLC_LENGTH = 3;
    private static final int LLC_SNAP_LENGTH = 8;
    private static final int LLC_SNAP = 0xaaaa;
    private static final int LLC_IP = 0x0606;
    private static final int SLL_PROTOCOL_LLC = 0x0004;

    private static final int PPPOE_LENGTH = 6;
    private static final int PPPOE_VERSION_AND_TYPE = 0x11;
    private static final int PPP_ADDRESS_AND_CONTROL = 0xff03;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int PPP_MPLS = 0x0281;
    private static final int CISCO_HDLC_UNICAST = 0x0f00;
    private static final int CISCO_HDLC_MULTICAST = 0x8f00;

    private static final int CISCO_HDLC_LENGTH = 4;

    private static final int NOTES_LENGTH = 8;
    private static final int NFLOG_HEADER = 4;
    private static final int NFLOG_PAYLOAD = 9;
    /** Most attributes before the packet: the kernel knows some twenty. */
    private static final int NFLOG_ATTRIBUTES_MAX = 64;

    private static final int FAMILY_LENGTH = 4;
    private static final int SLL_LENGTH = 16;
    private static final int SLL2_LENGTH = 20;
    private static final int ARPHRD_ETHER = 1;

    private final IpDecoder ip;
    private final MplsDecoder mpls;
    private final ServiceHeaderDecoder services;

    /** A decoder that treats checksums like this. */
    public FrameDecoder(ChecksumPolicy checksums) {
        TunnelDecoder tunnels = new TunnelDecoder(this);
        ip = new IpDecoder(
                checksums, new TransportDecoder(tunnels, checksums == ChecksumPolicy.VERIFY_CAPTURE), tunnels);
        mpls = new MplsDecoder(this);
        services = new ServiceHeaderDecoder(this, tunnels);
    }

    /**
     * Decodes a frame.
     *
     * @param packet freshly wrapped around the frame, with its wire length and checksum trust set
     * @param link what the frame starts with
     */
    public void decode(Packet packet, LinkType link) {
        packet.linkNumber = link.number();
        link(packet, link, packet.frameOffset, packet.frameEnd());
    }

    private void link(Packet packet, LinkType link, long offset, long end) {
        switch (link) {
            case ETHERNET -> ethernet(packet, offset, end);
            case RAW -> rawIp(packet, offset, end);
            case IPV4 -> network(packet, EtherType.IPV4, offset, end);
            case IPV6 -> network(packet, EtherType.IPV6, offset, end);
            case LINUX_SLL -> linuxSll(packet, offset, end);
            case LINUX_SLL2 -> linuxSll2(packet, offset, end);
            case NULL, LOOP -> addressFamily(packet, offset, end);
            case PPP, PPP_HDLC -> pppLink(packet, offset, end);
            case PPPOE -> pppoe(packet, offset, end);
            case CISCO_HDLC -> ciscoHdlc(packet, offset, end);
            case NETFILTER_LOG -> netfilterLog(packet, offset, end);
            case PER_PACKET_NOTES -> perPacketNotes(packet, offset, end);
        }
    }

    /**
     * Decodes an IPv4 or IPv6 packet that stands alone: a datagram that was put together from fragments.
     *
     * @param packet wrapped around the datagram
     * @param offset of the IP header
     * @param length of the IP packet
     */
    public void decodeNetwork(Packet packet, long offset, int length) {
        rawIp(packet, offset, offset + length);
    }

    // ---- link layers

    void ethernet(Packet packet, long offset, long end) {
        packet.linkNumber = LinkType.ETHERNET.number();
        if (end - offset < ETHERNET_LENGTH) {
            markUnlessCut(packet, end, DecodeAnomaly.ETHERNET_TOO_SMALL);
            return;
        }
        packet.ethernetOffset = offset;
        // 12 octets of addresses in two reads that overlap by four: both stay inside the header.
        packet.destinationMac = packet.u64(offset) >>> 16;
        packet.sourceMac = packet.u64(offset + 4) & 0xffff_ffff_ffffL;
        tagged(packet, offset + ETHERNET_TYPE, end);
    }

    /**
     * The two octets of an EtherType and what follows them: VLAN tags, then a layer.
     *
     * @param at offset of the EtherType, whose two octets are here
     */
    private void tagged(Packet packet, long at, long end) {
        long typeAt = at;
        int type = packet.u16(typeAt);
        int tags = 0;
        while (EtherType.isVlanTag(type) || type == EtherType.VN_TAG || type == EtherType.BACKBONE) {
            packet.etherType = type;
            int length = type == EtherType.VN_TAG
                    ? VN_TAG_LENGTH
                    : type == EtherType.BACKBONE ? BACKBONE_LENGTH : TAG_LENGTH;
            if (end - typeAt < 2 + length) {
                markUnlessCut(
                        packet,
                        end,
                        type == EtherType.VN_TAG ? DecodeAnomaly.VNTAG_TOO_SMALL : DecodeAnomaly.VLAN_TOO_SMALL);
                return;
            }
            if (packet.vlanCount == Packet.VLANS_MAX || ++tags > TAGS_MAX) {
                packet.mark(DecodeAnomaly.VLAN_TOO_MANY);
                return;
            }
            if (EtherType.isVlanTag(type)) {
                packet.vlanIds |= (packet.u16(typeAt + 2) & 0xfffL) << 12 * packet.vlanCount++;
            }
            typeAt += length;
            type = packet.u16(typeAt);
        }
        if (type >= EtherType.SMALLEST) {
            network(packet, type, typeAt + 2, end);
        } else {
            packet.etherType = 0;
            ieee8023(packet, type, typeAt + 2, end);
        }
    }

    private void ieee8023(Packet packet, int length, long offset, long end) {
        long here = end - offset;
        if (length > here && !isCut(packet, end)) {
            packet.mark(DecodeAnomaly.LLC_TOO_SMALL);
            return;
        }
        llc(packet, offset, offset + Math.min(length, here));
    }

    private void llc(Packet packet, long offset, long end) {
        packet.networkOffset = offset;
        if (end - offset < LLC_LENGTH) {
            markUnlessCut(packet, end, DecodeAnomaly.LLC_TOO_SMALL);
            return;
        }
        int accessPoints = packet.u16(offset);
        if (accessPoints == LLC_SNAP && end - offset >= LLC_SNAP_LENGTH) {
            int organization = packet.u32(offset + 2) & 0xff_ffff; // behind the control octet
            int type = packet.u16(offset + 6);
            if (organization == 0 && type >= EtherType.SMALLEST) {
                network(packet, type, offset + LLC_SNAP_LENGTH, end);
            }
        } else if (accessPoints == LLC_IP) {
            network(packet, EtherType.IPV4, offset + LLC_LENGTH, end);
        }
    }

    private void linuxSll(Packet packet, long offset, long end) {
        if (end - offset < SLL_LENGTH) {
            markUnlessCut(packet, end, DecodeAnomaly.LINK_TOO_SMALL);
            return;
        }
        if (packet.u16(offset + 2) == ARPHRD_ETHER && packet.u16(offset + 4) == 6) {
            packet.sourceMac = packet.u64(offset + 6) >>> 16;
        }
        cooked(packet, packet.u16(offset + 14), offset + 14, offset + SLL_LENGTH, end);
    }

    private void linuxSll2(Packet packet, long offset, long end) {
        if (end - offset < SLL2_LENGTH) {
            markUnlessCut(packet, end, DecodeAnomaly.LINK_TOO_SMALL);
            return;
        }
        if (packet.u16(offset + 8) == ARPHRD_ETHER && packet.u8(offset + 11) == 6) {
            packet.sourceMac = packet.u64(offset + 12) >>> 16;
        }
        cooked(packet, packet.u16(offset), offset, offset + SLL2_LENGTH, end);
    }

    private void cooked(Packet packet, int protocol, long protocolAt, long offset, long end) {
        if (protocol == SLL_PROTOCOL_LLC) {
            llc(packet, offset, end);
        } else if (EtherType.isVlanTag(protocol) && protocolAt + 2 == offset) {
            tagged(packet, protocolAt, end);
        } else {
            network(packet, protocol, offset, end);
        }
    }

    private void addressFamily(Packet packet, long offset, long end) {
        if (end - offset < FAMILY_LENGTH) {
            markUnlessCut(packet, end, DecodeAnomaly.LOOPBACK_TOO_SMALL);
            return;
        }
        int family = packet.u32(offset);
        if ((family & 0xffff) == 0) {
            family = Integer.reverseBytes(family);
        }
        switch (family) {
            case 2 -> network(packet, EtherType.IPV4, offset + FAMILY_LENGTH, end);
            // AF_INET6 of Linux, Windows, NetBSD and OpenBSD, FreeBSD, Darwin
            case 10, 23, 24, 28, 30 -> network(packet, EtherType.IPV6, offset + FAMILY_LENGTH, end);
            default -> packet.mark(DecodeAnomaly.LOOPBACK_UNKNOWN);
        }
    }

    private void ciscoHdlc(Packet packet, long offset, long end) {
        if (end - offset < CISCO_HDLC_LENGTH) {
            markUnlessCut(packet, end, DecodeAnomaly.CISCO_HDLC_TOO_SMALL);
            return;
        }
        network(packet, packet.u16(offset + 2), offset + CISCO_HDLC_LENGTH, end);
    }

    /** What Linux's netfilter log hands out: a family, then attributes of little-endian length and type, one of them the packet. */
    private void netfilterLog(Packet packet, long offset, long end) {
        long at = offset + NFLOG_HEADER;
        for (int i = 0; i < NFLOG_ATTRIBUTES_MAX && end - at >= NFLOG_HEADER; i++) {
            int length = Short.reverseBytes((short) packet.u16(at)) & 0xffff;
            int type = Short.reverseBytes((short) packet.u16(at + 2)) & 0x7fff;
            if (length < NFLOG_HEADER || length > end - at) {
                break;
            }
            if (type == NFLOG_PAYLOAD) {
                rawIp(packet, at + NFLOG_HEADER, at + length);
                return;
            }
            at += length + 3 & -4;
        }
        markUnlessCut(packet, end, DecodeAnomaly.LINK_TOO_SMALL);
    }

    /** Version and flags, then length and link type, lowest octet first; the frame follows the length. */
    private void perPacketNotes(Packet packet, long offset, long end) {
        boolean whole = end - offset >= NOTES_LENGTH;
        int length = whole ? Short.reverseBytes((short) packet.u16(offset + 2)) & 0xffff : 0;
        boolean follows = length >= NOTES_LENGTH && length <= end - offset;
        LinkType inner = follows ? LinkType.ofPcap(Integer.reverseBytes(packet.u32(offset + 4))) : null;
        if (inner == null || inner == LinkType.PER_PACKET_NOTES) {
            markUnlessCut(packet, end, DecodeAnomaly.LINK_TOO_SMALL);
            return;
        }
        link(packet, inner, offset + length, end);
    }

    void pppLink(Packet packet, long offset, long end) {
        if (end - offset < 2) {
            markUnlessCut(packet, end, DecodeAnomaly.PPP_TOO_SMALL);
            return;
        }
        int start = packet.u16(offset);
        if (start == PPP_ADDRESS_AND_CONTROL) {
            ppp(packet, offset + 2, end);
        } else if ((start == CISCO_HDLC_UNICAST || start == CISCO_HDLC_MULTICAST) && end - offset >= 4) {
            network(packet, packet.u16(offset + 2), offset + 4, end);
        } else {
            ppp(packet, offset, end);
        }
    }

    /** PPPoE (RFC 2516 §4): version and type, code, session, length of what follows. */
    private void pppoe(Packet packet, long offset, long end) {
        if (end - offset < PPPOE_LENGTH) {
            markUnlessCut(packet, end, DecodeAnomaly.PPPOE_MALFORMED);
            return;
        }
        long length = packet.u16(offset + 4);
        long here = end - offset - PPPOE_LENGTH;
        boolean session = packet.u8(offset) == PPPOE_VERSION_AND_TYPE && packet.u8(offset + 1) == 0;
        if (!session || length > here && !isCut(packet, end)) {
            packet.mark(DecodeAnomaly.PPPOE_MALFORMED);
            return;
        }
        packet.pppoeSession = packet.u16(offset + 2);
        long start = offset + PPPOE_LENGTH;
        ppp(packet, start, start + Math.min(length, here));
    }

    /** The PPP protocol field, of one octet when it is odd (RFC 1661 §6.5), and what follows it. */
    private void ppp(Packet packet, long offset, long end) {
        long here = end - offset;
        boolean isShort = here >= 1 && (packet.u8(offset) & 1) != 0;
        int fieldLength = isShort ? 1 : 2;
        if (here < fieldLength) {
            markUnlessCut(packet, end, DecodeAnomaly.PPP_TOO_SMALL);
            return;
        }
        long start = offset + fieldLength;
        switch (isShort ? packet.u8(offset) : packet.u16(offset)) {
            case PPP_IPV4 -> network(packet, EtherType.IPV4, start, end);
            case PPP_IPV6 -> network(packet, EtherType.IPV6, start, end);
            case PPP_MPLS -> network(packet, EtherType.MPLS, start, end);
            default -> packet.mark(DecodeAnomaly.PPP_UNKNOWN);
        }
    }

    // ---- what an EtherType names

    /** What an EtherType says of the octets behind it. */
    void network(Packet packet, int type, long offset, long end) {
        packet.etherType = type;
        packet.networkOffset = offset;
        switch (type) {
            case EtherType.IPV4 -> ip.ipv4(packet, offset, end);
            case EtherType.IPV6 -> ip.ipv6(packet, offset, end);
            case EtherType.ARP -> ip.arp(packet, offset, end);
            case EtherType.SERVICE_HEADER -> services.decode(packet, offset, end);
            case EtherType.PPPOE_SESSION -> pppoe(packet, offset, end);
            case EtherType.MPLS, EtherType.MPLS_MULTICAST -> mpls.decode(packet, offset, end);
            default -> packet.mark(DecodeAnomaly.ETHERTYPE_UNKNOWN);
        }
    }

    /** An IP packet without anything before it that says its version. */
    private void rawIp(Packet packet, long offset, long end) {
        int version = end > offset ? packet.u8(offset) >>> 4 : 0;
        if (version == 4) {
            network(packet, EtherType.IPV4, offset, end);
        } else if (version == 6) {
            network(packet, EtherType.IPV6, offset, end);
        } else {
            markUnlessCut(packet, end, DecodeAnomaly.IP_RAW_WRONG_VERSION);
        }
    }

    // ---- what a snap length took away

    /** True when octets are missing behind this end because the capture does not have them. */
    static boolean isCut(Packet packet, long end) {
        return packet.wireLength > packet.frameLength && end >= packet.frameEnd();
    }

    /** Marks a layer that is too short, unless the capture cut it off. */
    static void markUnlessCut(Packet packet, long end, DecodeAnomaly anomaly) {
        if (!isCut(packet, end)) {
            packet.mark(anomaly);
        }
    }
}
