package jp.genkan.core.frame;

/**
 * Why a frame, or a layer of it, could not be decoded or is odd. The frame is forwarded all the same: a bridge never eats what it
 * does not understand. The Javadoc is the operator's manual; {@link #eveName} is what anomaly events and counters say, and follows
 * Suricata's decoder-event names where it has one.
 */
public enum DecodeAnomaly {
    /** Shorter than an Ethernet header. */
    ETHERNET_TOO_SMALL("decoder.ethernet.pkt_too_small"),
    /** A Linux-cooked or loopback header that is cut off. */
    LINK_TOO_SMALL("decoder.sll.pkt_too_small"),
    /** A raw packet that is neither IPv4 nor IPv6. */
    IP_RAW_WRONG_VERSION("decoder.ipraw.invalid_ip_version"),
    /** An EtherType that no decoder here knows; counted, never reported as an anomaly event. */
    ETHERTYPE_UNKNOWN("decoder.ethernet.unknown_ethertype"),
    /** An 802.3 length that is longer than the frame. */
    LLC_TOO_SMALL("decoder.llc.pkt_too_small"),
    /** A VLAN tag that is cut off. */
    VLAN_TOO_SMALL("decoder.vlan.header_too_small"),
    /** More VLAN tags than the decoder follows. */
    VLAN_TOO_MANY("decoder.vlan.too_many_layers"),
    /** An MPLS label stack that is cut off or has no bottom. */
    MPLS_TOO_SMALL("decoder.mpls.header_too_small"),
    /** More MPLS labels than the decoder follows. */
    MPLS_TOO_MANY("decoder.mpls.too_many_labels"),
    /** What follows the MPLS stack is neither IP nor Ethernet. */
    MPLS_UNKNOWN_PAYLOAD("decoder.mpls.unknown_payload_type"),
    /** A PPPoE header that is cut off or whose length is wrong. */
    PPPOE_MALFORMED("decoder.pppoe.malformed_tags"),
    /** A PPP protocol that no decoder here knows. */
    PPP_UNKNOWN("decoder.ppp.unsup_proto"),
    /** A PPP header that is cut off. */
    PPP_TOO_SMALL("decoder.ppp.pkt_too_small"),
    /** An ARP packet that is cut off or not for Ethernet and IPv4. */
    ARP_MALFORMED("decoder.arp.pkt_too_small"),
    /** Shorter than an IPv4 header. */
    IPV4_TOO_SMALL("decoder.ipv4.pkt_too_small"),
    /** An IPv4 header length below 20 or beyond the packet. */
    IPV4_HEADER_TOO_SMALL("decoder.ipv4.hlen_too_small"),
    /** Total length below the header length. */
    IPV4_LENGTH_TOO_SMALL("decoder.ipv4.iplen_smaller_than_hlen"),
    /** Total length beyond the frame. */
    IPV4_TRUNCATED("decoder.ipv4.trunc_pkt"),
    /** The version field is not 4 under EtherType 0x0800. */
    IPV4_WRONG_VERSION("decoder.ipv4.wrong_ip_version"),
    /** A malformed IPv4 option. */
    IPV4_OPTION_INVALID("decoder.ipv4.opt_invalid"),
    /** IPv4 header checksum is wrong. */
    IPV4_CHECKSUM("decoder.ipv4.csum_invalid"),
    /** Shorter than an IPv6 header. */
    IPV6_TOO_SMALL("decoder.ipv6.pkt_too_small"),
    /** Payload length beyond the frame. */
    IPV6_TRUNCATED("decoder.ipv6.trunc_pkt"),
    /** The version field is not 6 under EtherType 0x86dd. */
    IPV6_WRONG_VERSION("decoder.ipv6.wrong_ip_version"),
    /** An extension header that is cut off. */
    IPV6_EXTENSION_TRUNCATED("decoder.ipv6.trunc_exthdr"),
    /** More extension headers than the decoder follows. */
    IPV6_EXTENSION_TOO_MANY("decoder.ipv6.too_many_exthdrs"),
    /** A fragment that ends beyond 65,535 octets. */
    FRAGMENT_TOO_LARGE("decoder.ipv4.frag_pkt_too_large"),
    /** A fragment that is not the last, and whose length is no multiple of eight (IPv6), or one without any octets. */
    FRAGMENT_LENGTH_INVALID("decoder.ipv6.frag_invalid_length"),
    /** Fragments that overlap: with different content in IPv4, in any way in IPv6 (RFC 5722). */
    FRAGMENT_OVERLAP("decoder.ipv4.frag_overlap"),
    /** The fragment table was full, or a datagram had too many fragments: not reassembled. */
    FRAGMENT_LIMIT("decoder.ipv4.frag_ignored"),
    /** A TCP header that is cut off. */
    TCP_TOO_SMALL("decoder.tcp.pkt_too_small"),
    /** A TCP data offset below 5 or beyond the packet. */
    TCP_HEADER_TOO_SMALL("decoder.tcp.hlen_too_small"),
    /** A TCP option that is cut off. */
    TCP_OPTION_INVALID("decoder.tcp.opt_invalid_len"),
    /** TCP checksum is wrong. */
    TCP_CHECKSUM("decoder.tcp.csum_invalid"),
    /** A UDP header that is cut off. */
    UDP_TOO_SMALL("decoder.udp.pkt_too_small"),
    /** A UDP length below 8 or beyond the packet. */
    UDP_LENGTH_INVALID("decoder.udp.hlen_invalid"),
    /** UDP checksum is wrong. */
    UDP_CHECKSUM("decoder.udp.csum_invalid"),
    /** An ICMP header that is cut off. */
    ICMP_TOO_SMALL("decoder.icmpv4.pkt_too_small"),
    /** ICMP checksum is wrong. */
    ICMP_CHECKSUM("decoder.icmpv4.csum_invalid"),
    /** An ICMPv6 header that is cut off. */
    ICMPV6_TOO_SMALL("decoder.icmpv6.pkt_too_small"),
    /** ICMPv6 checksum is wrong. */
    ICMPV6_CHECKSUM("decoder.icmpv6.csum_invalid"),
    /** An SCTP header that is cut off. */
    SCTP_TOO_SMALL("decoder.sctp.pkt_too_small"),
    /** A GRE header that is cut off or of an unknown version. */
    GRE_MALFORMED("decoder.gre.pkt_too_small"),
    /** A VXLAN header that is cut off or without the I flag. */
    VXLAN_MALFORMED("decoder.vxlan.unknown_payload_type"),
    /** A Teredo packet whose inner IPv6 packet is not valid. */
    TEREDO_MALFORMED("decoder.ipv6.in_ipv6_too_small"),
    /** More tunnels within tunnels than the decoder follows. */
    TUNNEL_TOO_DEEP("decoder.too_many_layers"),
    /** An IP protocol that no decoder here knows; counted, never reported as an anomaly event. */
    IP_PROTOCOL_UNKNOWN("decoder.ip.unknown_protocol");

    /** The bits of all wrong checksums. */
    public static final long CHECKSUMS =
            IPV4_CHECKSUM.bit() | TCP_CHECKSUM.bit() | UDP_CHECKSUM.bit() | ICMP_CHECKSUM.bit() | ICMPV6_CHECKSUM.bit();

    private static final DecodeAnomaly[] VALUES = values();

    private final String eveName;

    DecodeAnomaly(String eveName) {
        this.eveName = eveName;
    }

    /** The name in events and counters. */
    public String eveName() {
        return eveName;
    }

    /** True when the oddity is worth an anomaly event, not only a counter. */
    public boolean isReported() {
        return this != ETHERTYPE_UNKNOWN && this != IP_PROTOCOL_UNKNOWN && this != PPP_UNKNOWN;
    }

    /** This reason as one bit of {@link Packet#anomalies}. */
    public long bit() {
        return 1L << ordinal();
    }

    /** The reason with this ordinal, without allocating. */
    public static DecodeAnomaly of(int ordinal) {
        return VALUES[ordinal];
    }

    /** How many reasons there are. */
    public static int count() {
        return VALUES.length;
    }
}
