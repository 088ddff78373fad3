package jp.genkan.core.frame;

/**
 * Why a frame, or a layer of it, could not be decoded or is odd. The frame is forwarded all the same: a bridge never eats what it
 * does not understand. The Javadoc is the operator's manual; {@link #eveName} is what anomaly events and counters say, and follows
 * Suricata's decoder-event names where it has one.
 */
public enum DecodeAnomaly {
    /** Shorter than an Ethernet header. */
    ETHERNET_TOO_SMALL("decoder.ethernet.pkt_too_small"),
    /** A Linux-cooked header that is cut off. */
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
    /** A PPPoE header that is cut off, of another version, or whose length is wrong. */
    PPPOE_MALFORMED("decoder.pppoe.pkt_too_small"),
    /** A PPP protocol that no decoder here knows. */
    PPP_UNKNOWN("decoder.ppp.unsup_proto"),
    /** A PPP header that is cut off. */
    PPP_TOO_SMALL("decoder.ppp.pkt_too_small"),
    /** An ARP packet that is cut off. */
    ARP_TOO_SMALL("decoder.arp.pkt_too_small"),
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
    /** An IPv4 option that is cut off or whose length is not its own. */
    IPV4_OPTION_INVALID("decoder.ipv4.opt_invalid_len"),
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
    FRAGMENT_TOO_LARGE("decoder.ipv4.frag_pkt_too_large", "decoder.ipv6.frag_pkt_too_large"),
    /** A fragment that is not the last, and whose length is no multiple of eight (IPv6), or one without any octets. */
    FRAGMENT_LENGTH_INVALID("decoder.ipv6.frag_invalid_length"),
    /** Fragments that overlap: with different content in IPv4, in any way in IPv6 (RFC 5722). */
    FRAGMENT_OVERLAP("decoder.ipv4.frag_overlap", "decoder.ipv6.frag_overlap"),
    /** The fragment table was full, or a datagram had too many fragments: not reassembled. */
    FRAGMENT_LIMIT("decoder.ipv4.frag_ignored", "decoder.ipv6.frag_ignored"),
    /** A TCP header that is cut off. */
    TCP_TOO_SMALL("decoder.tcp.pkt_too_small"),
    /** A TCP data offset below 5 or beyond the packet. */
    TCP_HEADER_TOO_SMALL("decoder.tcp.hlen_too_small"),
    /** A TCP option that is cut off. */
    TCP_OPTION_INVALID("decoder.tcp.opt_invalid_len"),
    /** TCP checksum is wrong. */
    TCP_CHECKSUM("decoder.tcp.csum_invalid"),
    /** A UDP header that is cut off. */
    UDP_TOO_SMALL("decoder.udp.hlen_too_small"),
    /** A UDP length below 8. */
    UDP_LENGTH_INVALID("decoder.udp.len_invalid"),
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
    /** A GRE header that is cut off. */
    GRE_MALFORMED("decoder.gre.pkt_too_small"),
    /** A VXLAN header that is cut off or without the I flag. */
    VXLAN_MALFORMED("decoder.vxlan.unknown_payload_type"),
    /** A Teredo packet whose inner IPv6 packet is not valid. */
    TEREDO_MALFORMED("decoder.ipv6.in_ipv6_too_small"),
    /** More tunnels within tunnels than the decoder follows. */
    TUNNEL_TOO_DEEP("decoder.too_many_layers"),
    /** An IP protocol that no decoder here knows; counted, never reported as an anomaly event. */
    IP_PROTOCOL_UNKNOWN("decoder.ipv4.unknown_protocol", "decoder.ipv6.unknown_next_header"),
    /** Nothing but the first octet of an IPv4 option is left in the header. */
    IPV4_OPTION_END_REQUIRED("decoder.ipv4.opt_eol_required"),
    /** An IPv4 route or timestamp option whose pointer or flags are wrong. */
    IPV4_OPTION_MALFORMED("decoder.ipv4.opt_malformed"),
    /** The same IPv4 option twice. */
    IPV4_OPTION_DUPLICATE("decoder.ipv4.opt_duplicate"),
    /** An IPv4 option that no specification in use names. */
    IPV4_OPTION_UNKNOWN("decoder.ipv4.opt_unknown"),
    /** IPv4 options that do not fill whole groups of eight octets. Counted only: every IGMP message has them. */
    IPV4_OPTION_PADDING("decoder.ipv4.opt_pad_required"),
    /** ICMPv6 in an IPv4 packet. */
    IPV4_CARRIES_ICMPV6("decoder.ipv4.icmpv6"),
    /** ICMP for IPv4 in an IPv6 packet. */
    IPV6_CARRIES_ICMPV4("decoder.ipv6.icmpv4"),
    /** A second fragment header. */
    IPV6_FRAGMENT_HEADER_TWICE("decoder.ipv6.exthdr_dupl_fh"),
    /** A fragment header in a packet that is no fragment (an atomic fragment, RFC 6946). */
    IPV6_FRAGMENT_HEADER_USELESS("decoder.ipv6.exthdr_useless_fh"),
    /** A fragment header whose reserved octet is not zero. */
    IPV6_FRAGMENT_HEADER_RESERVED("decoder.ipv6.fh_non_zero_reserved_field"),
    /** A second routing header. */
    IPV6_ROUTING_HEADER_TWICE("decoder.ipv6.exthdr_dupl_rh"),
    /** A routing header of type 0, which RFC 5095 forbids. */
    IPV6_ROUTING_HEADER_TYPE_0("decoder.ipv6.rh_type_0"),
    /** A second hop-by-hop header. */
    IPV6_HOP_BY_HOP_TWICE("decoder.ipv6.exthdr_dupl_hh"),
    /** A hop-by-hop option that no specification in use names. */
    IPV6_HOP_BY_HOP_UNKNOWN("decoder.ipv6.hopopts_unknown_opt"),
    /** A hop-by-hop header that holds nothing but padding. */
    IPV6_HOP_BY_HOP_PADDING("decoder.ipv6.hopopts_only_padding"),
    /** A third destination options header; two are allowed (RFC 8200 §4.1). */
    IPV6_DESTINATION_OPTIONS_TWICE("decoder.ipv6.exthdr_dupl_dh"),
    /** A destination option that no specification in use names. */
    IPV6_DESTINATION_OPTIONS_UNKNOWN("decoder.ipv6.dstopts_unknown_opt"),
    /** A destination options header that holds nothing but padding. */
    IPV6_DESTINATION_OPTIONS_PADDING("decoder.ipv6.dstopts_only_padding"),
    /** An IPv6 option whose length is not its own or reaches beyond its header. */
    IPV6_OPTION_LENGTH_INVALID("decoder.ipv6.exthdr_invalid_optlen"),
    /** A PadN option of no octets. Counted only: some senders do it. */
    IPV6_PADDING_EMPTY("decoder.ipv6.zero_len_padn"),
    /** A second authentication header. */
    IPV6_AUTHENTICATION_TWICE("decoder.ipv6.exthdr_dupl_ah"),
    /** An authentication header whose reserved field is not zero (RFC 4302 §2.3). */
    IPV6_AUTHENTICATION_RESERVED("decoder.ipv6.exthdr_ah_res_not_null"),
    /** Octets behind "no next header". */
    IPV6_DATA_AFTER_NONE("decoder.ipv6.data_after_none_header"),
    /** An IPv4 packet in an IPv6 packet that is shorter than its header. */
    IPV4_IN_IPV6_TOO_SMALL("decoder.ipv6.ipv4_in_ipv6_too_small"),
    /** What an IPv6 packet carries as IPv4 is none. */
    IPV4_IN_IPV6_WRONG_VERSION("decoder.ipv6.ipv4_in_ipv6_wrong_version"),
    /** An IPv6 packet in an IPv6 packet that is shorter than its header. */
    IPV6_IN_IPV6_TOO_SMALL("decoder.ipv6.ipv6_in_ipv6_too_small"),
    /** What an IPv6 packet carries as IPv6 is none. */
    IPV6_IN_IPV6_WRONG_VERSION("decoder.ipv6.ipv6_in_ipv6_wrong_version"),
    /** An ICMP type that no specification in use names. */
    ICMP_TYPE_UNKNOWN("decoder.icmpv4.unknown_type"),
    /** An ICMP code that its type does not have. */
    ICMP_CODE_UNKNOWN("decoder.icmpv4.unknown_code"),
    /** An ICMP error that quotes less than an IPv4 header. */
    ICMP_QUOTE_TRUNCATED("decoder.icmpv4.ipv4_trunc_pkt"),
    /** An ICMP error that quotes something other than an IPv4 packet. */
    ICMP_QUOTE_WRONG_VERSION("decoder.icmpv4.ipv4_unknown_ver"),
    /** An ICMPv6 type that no decoder here knows. Counted only. */
    ICMPV6_TYPE_UNKNOWN("decoder.icmpv6.unknown_type"),
    /** An ICMPv6 code that its type does not have. */
    ICMPV6_CODE_UNKNOWN("decoder.icmpv6.unknown_code"),
    /** An ICMPv6 type that nobody has assigned. */
    ICMPV6_TYPE_UNASSIGNED("decoder.icmpv6.unassigned_type"),
    /** An ICMPv6 type for private experiments (RFC 4443 §2.1). */
    ICMPV6_TYPE_EXPERIMENTAL("decoder.icmpv6.experimentation_type"),
    /** An ICMPv6 error that quotes less than an IPv6 header. */
    ICMPV6_QUOTE_TRUNCATED("decoder.icmpv6.ipv6_trunc_pkt"),
    /** An ICMPv6 error that quotes something other than an IPv6 packet. */
    ICMPV6_QUOTE_WRONG_VERSION("decoder.icmpv6.ipv6_unknown_version"),
    /** A multicast listener message whose hop limit is not 1 (RFC 2710 §3). */
    ICMPV6_LISTENER_HOP_LIMIT("decoder.icmpv6.mld_message_with_invalid_hl"),
    /** An IGMP message of less than eight octets. */
    IGMP_TOO_SMALL("decoder.igmp.pkt_too_small"),
    /** An IGMPv3 message that is cut off. */
    IGMP_V3_TOO_SMALL("decoder.igmp.v3_pkt_too_small"),
    /** An IGMPv3 message that names more sources or groups than it holds. */
    IGMP_MALFORMED("decoder.igmp.malformed"),
    /** The same TCP option twice. */
    TCP_OPTION_DUPLICATE("decoder.tcp.opt_duplicate"),
    /** A UDP length beyond the packet. */
    UDP_TRUNCATED("decoder.udp.pkt_too_small"),
    /** An SCTP chunk header that is cut off. */
    SCTP_CHUNK_TOO_SMALL("decoder.sctp.chunk_too_small"),
    /** An SCTP chunk length below four or beyond the packet. */
    SCTP_CHUNK_LENGTH_INVALID("decoder.sctp.chunk_len_invalid"),
    /** An INIT chunk that shares its packet with others (RFC 9260 §4.3). */
    SCTP_INIT_NOT_ALONE("decoder.sctp.init_chunk_not_alone"),
    /** An INIT chunk under a verification tag that is not zero. */
    SCTP_INIT_TAG("decoder.sctp.init_with_non_zero_vtag"),
    /** A DATA chunk under the verification tag zero. */
    SCTP_DATA_NO_TAG("decoder.sctp.data_with_zero_vtag"),
    /** A GRE version other than 0 and 1. */
    GRE_WRONG_VERSION("decoder.gre.wrong_version"),
    /** Recursion control in a GRE header, which RFC 2784 has abolished. */
    GRE_RECURSION("decoder.gre.version0_recur"),
    /** Reserved flags of a GRE header are set. */
    GRE_FLAGS("decoder.gre.version0_flags"),
    /** Optional fields of a GRE header that are cut off. */
    GRE_HEADER_TOO_LARGE("decoder.gre.version0_hdr_too_big"),
    /** A checksum flag in an enhanced GRE header. */
    PPTP_CHECKSUM("decoder.gre.version1_chksum"),
    /** A routing flag in an enhanced GRE header. */
    PPTP_ROUTING("decoder.gre.version1_route"),
    /** An enhanced GRE header without a key. */
    PPTP_NO_KEY("decoder.gre.version1_no_key"),
    /** Enhanced GRE that carries something other than PPP. */
    PPTP_WRONG_PROTOCOL("decoder.gre.version1_wrong_protocol"),
    /** An enhanced GRE header that is cut off. */
    PPTP_HEADER_TOO_LARGE("decoder.gre.version1_hdr_too_big"),
    /** Less than a word behind the MPLS stack. */
    MPLS_PACKET_TOO_SMALL("decoder.mpls.pkt_too_small"),
    /** The router alert label at the bottom of the stack (RFC 3032 §2.1). */
    MPLS_ROUTER_ALERT("decoder.mpls.bad_label_router_alert"),
    /** The implicit null label, which must not be sent. */
    MPLS_IMPLICIT_NULL("decoder.mpls.bad_label_implicit_null"),
    /** A reserved MPLS label. */
    MPLS_RESERVED("decoder.mpls.bad_label_reserved"),
    /** A loopback header that is cut off. */
    LOOPBACK_TOO_SMALL("decoder.ltnull.pkt_too_small"),
    /** A loopback header of an address family that no decoder here knows. */
    LOOPBACK_UNKNOWN("decoder.ltnull.unsupported_type"),
    /** ARP for something other than Ethernet. */
    ARP_HARDWARE("decoder.arp.unsupported_hardware"),
    /** ARP for something other than IPv4. */
    ARP_PROTOCOL("decoder.arp.unsupported_protocol"),
    /** ARP with hardware addresses that do not have six octets. */
    ARP_HARDWARE_SIZE("decoder.arp.invalid_hardware_size"),
    /** ARP with protocol addresses that do not have four octets. */
    ARP_PROTOCOL_SIZE("decoder.arp.invalid_protocol_size"),
    /** An ARP operation that no specification in use names. */
    ARP_OPERATION("decoder.arp.unsupported_opcode"),
    /** An ERSPAN header that is cut off. */
    ERSPAN_TOO_SMALL("decoder.erspan.header_too_small"),
    /** An ERSPAN version other than II. */
    ERSPAN_WRONG_VERSION("decoder.erspan.unsupported_version"),
    /** A VN-Tag that is cut off. */
    VNTAG_TOO_SMALL("decoder.vntag.header_too_small"),
    /** A network service header that is cut off or whose length is wrong. */
    NSH_MALFORMED("decoder.nsh.header_too_small"),
    /** A network service header of an unknown version, or in front of something that no decoder here knows. */
    NSH_UNKNOWN("decoder.nsh.unknown_payload"),
    /** A Geneve header of an unknown version, or in front of something that no decoder here knows. */
    GENEVE_UNKNOWN("decoder.geneve.unknown_payload_type"),
    /** A Cisco HDLC header that is cut off. */
    CISCO_HDLC_TOO_SMALL("decoder.chdlc.pkt_too_small"),
    /** An encapsulating security payload that is cut off. */
    ESP_TOO_SMALL("decoder.esp.pkt_too_small");

    /** What all names in events begin with. */
    public static final String EVE_PREFIX = "decoder.";

    /** The bits of all wrong checksums. */
    public static final long CHECKSUMS =
            IPV4_CHECKSUM.bit() | TCP_CHECKSUM.bit() | UDP_CHECKSUM.bit() | ICMP_CHECKSUM.bit() | ICMPV6_CHECKSUM.bit();

    private static final DecodeAnomaly[] VALUES = values();

    private final String eveName;
    private final String ipv6Name;

    DecodeAnomaly(String eveName) {
        this(eveName, eveName);
    }

    DecodeAnomaly(String eveName, String ipv6Name) {
        this.eveName = eveName;
        this.ipv6Name = ipv6Name;
    }

    /** The name in events and counters, for a packet of this version of IP: a few have one for each. */
    public String eveName(int ipVersion) {
        return ipVersion == 6 ? ipv6Name : eveName;
    }

    /** True when Suricata has an event of that name, which rules may ask for. */
    public boolean isSuricatas() {
        return switch (this) {
            case LLC_TOO_SMALL,
                    MPLS_TOO_MANY,
                    IPV6_EXTENSION_TOO_MANY,
                    IPV4_CHECKSUM,
                    TCP_CHECKSUM,
                    UDP_CHECKSUM,
                    ICMP_CHECKSUM,
                    ICMPV6_CHECKSUM,
                    TEREDO_MALFORMED -> false;
            default -> true;
        };
    }

    /** True when the oddity is worth an anomaly event, not only a counter. */
    public boolean isReported() {
        return switch (this) {
            case ETHERTYPE_UNKNOWN,
                    IP_PROTOCOL_UNKNOWN,
                    PPP_UNKNOWN,
                    IPV4_OPTION_PADDING,
                    IPV6_PADDING_EMPTY,
                    ICMPV6_TYPE_UNKNOWN -> false;
            default -> true;
        };
    }

    /** True when the oddity is kept in {@link Packet#anomalies}, false when it is kept in {@link Packet#moreAnomalies}. */
    boolean isInFirstWord() {
        return ordinal() < Long.SIZE;
    }

    /** This reason as one bit of its word: {@link Packet#anomalies} for the first 64, among them all that others make masks of. */
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
