package jp.genkan.core.frame;

import static jp.genkan.core.frame.PacketBuilder.ethernet;

import java.util.List;

/** One Ethernet frame of every kind that the decoder knows; the start of truncation, mutation and fuzz tests. */
public final class Frames {
    private static final String A4 = "10.0.0.1";
    private static final String B4 = "10.0.0.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";
    private static final String INNER_A = "02:00:00:00:00:0a";
    private static final String INNER_B = "02:00:00:00:00:0b";

    private Frames() {}

    /** All of them. */
    public static List<byte[]> everyKind() {
        return List.of(
                ethernet()
                        .ipv4(A4, B4)
                        .tcp(40000, 80)
                        .payload("GET / HTTP/1.1\r\n\r\n")
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .tcp(1, 2)
                        .flags(Packet.SYN)
                        .tcpOptions("020405b40402080a112233445566778801030307")
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .options("94040000")
                        .udp(1, 2)
                        .payload(21)
                        .bytes(),
                ethernet().ipv4(A4, B4).icmp(8, 0).payload(56).bytes(),
                ethernet().ipv4(A4, B4).sctp(7, 8).payload(20).bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .fragment(9, 1480, true)
                        .protocol(17)
                        .payload(64)
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .protocol(51)
                        .octets("060400000000000100000001000000000000000000000000")
                        .tcp(1, 2)
                        .payload(3)
                        .bytes(),
                ethernet().ipv6(A6, B6).udp(5000, 53).payload(33).bytes(),
                ethernet().ipv6(A6, B6).icmpv6(135, 0).payload(24).bytes(),
                ethernet()
                        .ipv6(A6, B6)
                        .fragmentHeader(1, 0, true)
                        .protocol(17)
                        .payload(64)
                        .bytes(),
                ethernet()
                        .ipv6(A6, B6)
                        .extension(IpProtocol.HOP_BY_HOP, "00050200000100")
                        .extension(IpProtocol.ROUTING, "00040000000000")
                        .extension(IpProtocol.DESTINATION_OPTIONS, "01010c000000000000000000000000")
                        .tcp(1, 2)
                        .payload(4)
                        .bytes(),
                ethernet().arp(1, INNER_A, A4, INNER_B, B4).bytes(),
                ethernet().llcSnap().ipv4(A4, B4).udp(1, 2).payload(4).bytes(),
                ethernet()
                        .tag(EtherType.SERVICE_VLAN, 7)
                        .vlan(100)
                        .ipv4(A4, B4)
                        .tcp(1, 2)
                        .payload(4)
                        .bytes(),
                ethernet().mpls(16, 17).ipv6(A6, B6).udp(1, 2).payload(4).bytes(),
                ethernet()
                        .mpls(16)
                        .octets("00000000")
                        .innerEthernet(INNER_A, INNER_B)
                        .ipv4(A4, B4)
                        .udp(1, 2)
                        .payload(4)
                        .bytes(),
                ethernet().pppoe(99).ppp().ipv4(A4, B4).tcp(1, 2).payload(4).bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .ipv4(A4, B4)
                        .ipv6(A6, B6)
                        .tcp(1, 2)
                        .payload(4)
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .gre(0xb000, "000000000000000100000002")
                        .ipv4(A4, B4)
                        .tcp(1, 2)
                        .payload(4)
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .gre(0, "")
                        .innerEthernet(INNER_A, INNER_B)
                        .vlan(3)
                        .ipv6(A6, B6)
                        .udp(1, 2)
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .pptp(7)
                        .ppp()
                        .ipv4(A4, B4)
                        .tcp(1, 2)
                        .payload(4)
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .udp(1, 4789)
                        .vxlan(42)
                        .innerEthernet(INNER_A, INNER_B)
                        .ipv4(A4, B4)
                        .tcp(1, 2)
                        .payload(4)
                        .bytes(),
                ethernet()
                        .ipv4(A4, B4)
                        .udp(1, 3544)
                        .octets("000100000000000000000000000000001234 7f000001")
                        .ipv6(A6, B6)
                        .udp(1, 2)
                        .bytes());
    }
}
