package jp.genkan.core.event;

/** Names of IP protocol numbers as EVE's {@code proto} says them (IANA's keywords). */
public final class IpProtocol {
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMPV6 = 58;
    static final int SCTP = 132;

    private IpProtocol() {}

    /** True when the protocol's ports stand at its begin, so that {@code src_port} and {@code dest_port} mean something. */
    static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP;
    }

    static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMPV6;
    }

    /** The name, or the number in decimal. */
    public static String eveName(int protocol) {
        return switch (protocol) {
            case 0 -> "HOPOPT";
            case ICMP -> "ICMP";
            case 2 -> "IGMP";
            case 4 -> "IP-in-IP";
            case TCP -> "TCP";
            case UDP -> "UDP";
            case 33 -> "DCCP";
            case 41 -> "IPv6";
            case 43 -> "IPv6-Route";
            case 44 -> "IPv6-Frag";
            case 46 -> "RSVP";
            case 47 -> "GRE";
            case 50 -> "ESP";
            case 51 -> "AH";
            case ICMPV6 -> "IPv6-ICMP";
            case 59 -> "IPv6-NoNxt";
            case 60 -> "IPv6-Opts";
            case 88 -> "EIGRP";
            case 89 -> "OSPFIGP";
            case 94 -> "IPIP";
            case 97 -> "ETHERIP";
            case 103 -> "PIM";
            case 108 -> "IPComp";
            case 112 -> "VRRP";
            case 115 -> "L2TP";
            case SCTP -> "SCTP";
            case 136 -> "UDPLite";
            case 137 -> "MPLS-in-IP";
            default -> Integer.toString(protocol);
        };
    }
}
