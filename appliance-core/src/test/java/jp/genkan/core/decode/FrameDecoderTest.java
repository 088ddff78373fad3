package jp.genkan.core.decode;

import static jp.genkan.core.frame.PacketBuilder.ethernet;
import static jp.genkan.core.frame.PacketBuilder.raw;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.EtherType;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final String A4 = "10.0.0.1";
    private static final String B4 = "10.0.0.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";
    private static final String INNER_A = "02:00:00:00:00:0a";
    private static final String INNER_B = "02:00:00:00:00:0b";

    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);

    private Packet decode(PacketBuilder built) {
        return decode(built, LinkType.ETHERNET);
    }

    private Packet decode(PacketBuilder built, LinkType link) {
        Packet packet = built.packet();
        decoder.decode(packet, link);
        return packet;
    }

    private static Packet inner(Packet packet) {
        return Objects.requireNonNull(packet.inner(), "no inner packet");
    }

    private static void assertTcp4(Packet packet) {
        assertThat(packet.ipVersion).isEqualTo(4);
        assertThat(new Address(packet.sourceHigh, packet.sourceLow)).hasToString(A4);
        assertThat(new Address(packet.destinationHigh, packet.destinationLow)).hasToString(B4);
        assertThat(packet.ipProtocol).isEqualTo(IpProtocol.TCP);
        assertThat(packet.sourcePort).isEqualTo(40000);
        assertThat(packet.destinationPort).isEqualTo(80);
        assertThat(packet.payloadLength).isEqualTo(5);
        assertThat(packet.u8(packet.payloadOffset)).isEqualTo('h');
        assertThat(packet.anomalies).isZero();
    }

    private static PacketBuilder tcp4(PacketBuilder below) {
        return below.ipv4(A4, B4).tcp(40000, 80).payload("hello");
    }

    private static PacketBuilder udp6(PacketBuilder below) {
        return below.ipv6(A6, B6).udp(5000, 53).payload("hello");
    }

    private static void assertUdp6(Packet packet) {
        assertThat(packet.ipVersion).isEqualTo(6);
        assertThat(new Address(packet.sourceHigh, packet.sourceLow)).hasToString(A6);
        assertThat(new Address(packet.destinationHigh, packet.destinationLow)).hasToString(B6);
        assertThat(packet.ipProtocol).isEqualTo(IpProtocol.UDP);
        assertThat(packet.sourcePort).isEqualTo(5000);
        assertThat(packet.destinationPort).isEqualTo(53);
        assertThat(packet.payloadLength).isEqualTo(5);
        assertThat(packet.anomalies).isZero();
    }

    private static void assertOnly(Packet packet, DecodeAnomaly anomaly) {
        assertThat(OddPacketTest.marks(packet)).containsExactly(anomaly);
    }

    // ---- link layers

    @Test
    void readsAllFieldsOfTcpOverIpv4() {
        Packet packet = decode(ethernet()
                .ipv4(A4, B4)
                .ttl(61)
                .tcp(40000, 80)
                .sequence(0xdeadbeefL)
                .acknowledgment(0x80000001L)
                .flags(Packet.SYN | Packet.ECE)
                .window(1024)
                .payload("hello"));

        assertTcp4(packet);
        assertThat(packet.sourceMac).isEqualTo(Mac.parse("02:00:00:00:00:01"));
        assertThat(packet.destinationMac).isEqualTo(Mac.parse("02:00:00:00:00:02"));
        assertThat(packet.etherType).isEqualTo(EtherType.IPV4);
        assertThat(packet.networkOffset).isEqualTo(14);
        assertThat(packet.ipOffset).isEqualTo(14);
        assertThat(packet.ipHeaderLength).isEqualTo(20);
        assertThat(packet.ipLength).isEqualTo(45);
        assertThat(packet.ipTtl).isEqualTo(61);
        assertThat(packet.transportOffset).isEqualTo(34);
        assertThat(packet.tcpSequence).isEqualTo(0xdeadbeef);
        assertThat(packet.tcpAcknowledgment).isEqualTo(0x80000001);
        assertThat(packet.tcpFlags).isEqualTo(Packet.SYN | Packet.ECE);
        assertThat(packet.tcpWindow).isEqualTo(1024);
        assertThat(packet.tcpHeaderLength).isEqualTo(20);
        assertThat(packet.payloadOffset).isEqualTo(54);
        assertThat(packet.inner()).isNull();
    }

    @Test
    void readsUdpOverIpv6() {
        assertUdp6(decode(udp6(ethernet())));
    }

    @Test
    void leavesEthernetPaddingOutOfThePayload() {
        byte[] frame = PacketBuilder.join(
                ethernet().ipv4(A4, B4).tcp(40000, 80).payload("hello").bytes(), new byte[30]);
        Packet packet = new Packet().wrap(java.lang.foreign.MemorySegment.ofArray(frame), 0, frame.length);
        decoder.decode(packet, LinkType.ETHERNET);
        assertTcp4(packet);
    }

    @ParameterizedTest
    @ValueSource(ints = {EtherType.VLAN, EtherType.SERVICE_VLAN, EtherType.OLD_SERVICE_VLAN})
    void followsTags(int tag) {
        Packet packet = decode(tcp4(ethernet().tag(tag, 0x6000 | 7).vlan(100)));
        assertTcp4(packet);
        assertThat(packet.vlanCount).isEqualTo(2);
        assertThat(packet.vlanIds).isEqualTo(7 | 100 << 12);
        assertThat(packet.etherType).isEqualTo(EtherType.IPV4);
    }

    @Test
    void marksMoreTagsThanItFollows() {
        Packet packet = decode(tcp4(ethernet().vlan(1).vlan(2).vlan(3).vlan(4)));
        assertOnly(packet, DecodeAnomaly.VLAN_TOO_MANY);
        assertThat(packet.vlanCount).isEqualTo(3);
        assertThat(packet.ipVersion).isZero();
    }

    @Test
    void followsSnap() {
        assertTcp4(decode(tcp4(ethernet().llcSnap())));
        assertTcp4(decode(tcp4(ethernet().vlan(5).llcSnap())));
    }

    @Test
    void leavesSpanningTreeAlone() {
        Packet packet = decode(ethernet("02:00:00:00:00:01", "01:80:c2:00:00:00")
                .spoil(12, "0026")
                .octets("424203")
                .payload(35));
        assertThat(packet.etherType).isZero();
        assertThat(packet.anomalies).isZero();
    }

    @Test
    void marksLengthThatReachesBeyondTheFrame() {
        assertOnly(decode(ethernet().spoil(12, "0400").payload(40)), DecodeAnomaly.LLC_TOO_SMALL);
    }

    @Test
    void marksUnknownEtherType() {
        Packet packet = decode(ethernet().spoil(12, "88cc").payload(40));
        assertOnly(packet, DecodeAnomaly.ETHERTYPE_UNKNOWN);
        assertThat(packet.etherType).isEqualTo(0x88cc);
        assertThat(packet.networkOffset).isEqualTo(14);
    }

    @Test
    void followsMplsToIp() {
        assertTcp4(decode(tcp4(ethernet().mpls(16, 17, 18))));
        assertUdp6(decode(udp6(ethernet().vlan(9).mpls(2))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00000000", "00001234"})
    void followsEthernetPseudowire(String controlWord) {
        Packet packet = decode(tcp4(ethernet().mpls(16, 17).octets(controlWord).innerEthernet(INNER_A, INNER_B)));
        assertThat(packet.etherType).isEqualTo(EtherType.MPLS);
        assertThat(packet.ipVersion).isZero();
        assertTcp4(inner(packet));
        assertThat(inner(packet).sourceMac).isEqualTo(Mac.parse(INNER_A));
        assertThat(inner(packet).depth).isEqualTo(1);
    }

    @Test
    void marksEndlessLabelStack() {
        assertOnly(decode(tcp4(ethernet().mpls(21, 22, 23, 24, 25, 26, 27, 28, 29))), DecodeAnomaly.MPLS_TOO_MANY);
        assertOnly(decode(ethernet().mpls(1, 2).spoil(4, "00002040")), DecodeAnomaly.MPLS_TOO_SMALL);
        assertOnly(decode(ethernet().mpls(21).payload("?????")), DecodeAnomaly.MPLS_UNKNOWN_PAYLOAD);
    }

    @Test
    void followsPppoeSession() {
        Packet packet = decode(tcp4(ethernet().vlan(10).pppoe(0x1234).ppp()));
        assertTcp4(packet);
        assertThat(packet.pppoeSession).isEqualTo(0x1234);
        assertThat(packet.etherType).isEqualTo(EtherType.IPV4);
        assertUdp6(decode(udp6(ethernet().pppoe(1).ppp())));
    }

    @Test
    void marksMalformedPppoe() {
        assertOnly(decode(tcp4(ethernet().pppoe(1).spoil(0, "21").ppp())), DecodeAnomaly.PPPOE_MALFORMED);
        assertOnly(decode(tcp4(ethernet().pppoe(1).spoil(4, "0fff").ppp())), DecodeAnomaly.PPPOE_MALFORMED);
        assertOnly(decode(ethernet().pppoe(1).octets("c021")), DecodeAnomaly.PPP_UNKNOWN);
        assertOnly(decode(ethernet().pppoe(1)), DecodeAnomaly.PPP_TOO_SMALL);
    }

    @Test
    void readsAddressesOfArp() {
        Packet packet = decode(ethernet().arp(1, INNER_A, A4, INNER_B, B4));
        assertThat(packet.anomalies).isZero();
        assertThat(packet.ipVersion).isZero();
        assertThat(new Address(packet.sourceHigh, packet.sourceLow)).hasToString(A4);
        assertThat(new Address(packet.destinationHigh, packet.destinationLow)).hasToString(B4);
        assertOnly(decode(ethernet().arp(1, INNER_A, A4, INNER_B, B4).spoil(0, "0006")), DecodeAnomaly.ARP_HARDWARE);
    }

    // ---- link types of captures

    @ParameterizedTest
    @CsvSource({
        "NULL, 02000000",
        "NULL, 00000002",
        "LOOP, 00000002",
        "RAW, ''",
        "IPV4, ''",
        "PPP, 0021",
        "PPP, 21",
        "PPP, ff030021",
        "PPP, ff0321",
        "PPP_HDLC, ff030021",
        "PPP_HDLC, 0f000800",
        "PPPOE, 11000001002f0021",
        "LINUX_SLL, 00000001000602000000000100000800",
        "LINUX_SLL, 000000010006020000000001000081000064 0800",
        "LINUX_SLL, 00000001000602000000000100000004aaaa030000000800",
        "LINUX_SLL2, 0800000000000001000100060200000000010000"
    })
    void followsLinkType(LinkType link, String header) {
        assertTcp4(decode(tcp4(raw().octets(header)), link));
    }

    @ParameterizedTest
    @CsvSource({
        "NULL, 0000001e",
        "NULL, 1c000000",
        "NULL, 0a000000",
        "NULL, 17000000",
        "LOOP, 00000018",
        "RAW, ''",
        "IPV6, ''",
        "PPP, 0057",
        "LINUX_SLL, 000000010006020000000001000086dd"
    })
    void followsLinkTypeToIpv6(LinkType link, String header) {
        assertUdp6(decode(udp6(raw().octets(header)), link));
    }

    @Test
    void takesTheSourceMacOfCookedCaptures() {
        Packet packet = decode(tcp4(raw().octets("00000001000602000000000100000800")), LinkType.LINUX_SLL);
        assertThat(packet.sourceMac).isEqualTo(Mac.parse("02:00:00:00:00:01"));
    }

    @Test
    void knowsThePromisedLinkNumbers() {
        for (int number : new int[] {0, 1, 9, 12, 14, 50, 51, 101, 108, 113, 228, 229, 276}) {
            assertThat(LinkType.ofPcap(number)).as("link type " + number).isNotNull();
        }
        assertThat(LinkType.ofPcap(147)).isNull();
    }

    @Test
    void marksRawPacketThatIsNoIp() {
        assertOnly(decode(raw().payload("?????"), LinkType.RAW), DecodeAnomaly.IP_RAW_WRONG_VERSION);
    }

    // ---- IPv4

    @Test
    void marksIpv4HeaderThatLies() {
        assertOnly(decode(ethernet().ipv4(A4, B4).spoil(0, "44")), DecodeAnomaly.IPV4_HEADER_TOO_SMALL);
        assertOnly(decode(ethernet().ipv4(A4, B4).spoil(0, "4f")), DecodeAnomaly.IPV4_HEADER_TOO_SMALL);
        assertOnly(decode(ethernet().ipv4(A4, B4).spoil(0, "65")), DecodeAnomaly.IPV4_WRONG_VERSION);
        assertOnly(decode(ethernet().ipv4(A4, B4).spoil(2, "0013")), DecodeAnomaly.IPV4_LENGTH_TOO_SMALL);
    }

    @Test
    void leavesTransportOfTruncatedIpv4Alone() {
        Packet packet = decode(tcp4(ethernet()).packet());
        assertTcp4(packet);
        Packet longer = decode(ethernet().ipv4(A4, B4).patch(2, "0400").tcp(1, 2));
        assertThat(longer.has(DecodeAnomaly.IPV4_TRUNCATED)).isTrue();
        assertThat(longer.transportOffset).isEqualTo(Packet.NONE);
        assertThat(longer.sourceLow).isNotZero();
    }

    private Packet decode(Packet packet) {
        decoder.decode(packet, LinkType.ETHERNET);
        return packet;
    }

    @Test
    void stepsOverIpv4Options() {
        Packet packet = decode(ethernet()
                .ipv4(A4, B4)
                .options("0101 440c0500000000000000 0000")
                .tcp(40000, 80)
                .payload("hello"));
        assertTcp4(packet);
        assertThat(packet.ipHeaderLength).isEqualTo(36);
        assertThat(decode(ethernet().ipv4(A4, B4).options("440d05000000").tcp(1, 2))
                        .has(DecodeAnomaly.IPV4_OPTION_INVALID))
                .isTrue();
        assertThat(decode(ethernet().ipv4(A4, B4).options("44000000").tcp(1, 2)).has(DecodeAnomaly.IPV4_OPTION_INVALID))
                .isTrue();
    }

    @Test
    void givesFragmentsNoTransport() {
        Packet first =
                decode(ethernet().ipv4(A4, B4).fragment(77, 0, true).udp(1, 2).payload(56));
        assertThat(first.isFragment()).isTrue();
        assertThat(first.fragmentMore).isTrue();
        assertThat(first.fragmentId).isEqualTo(77);
        assertThat(first.transportOffset).isEqualTo(Packet.NONE);
        assertThat(first.anomalies).isZero();

        Packet last = decode(
                ethernet().ipv4(A4, B4).fragment(77, 64, false).protocol(17).payload(11));
        assertThat(last.fragmentOffset).isEqualTo(64);
        assertThat(last.fragmentMore).isFalse();
        assertThat(last.ipProtocol).isEqualTo(IpProtocol.UDP);
    }

    @Test
    void marksFragmentBeyondTheLargestDatagram() {
        assertOnly(
                decode(ethernet()
                        .ipv4(A4, B4)
                        .fragment(1, 65528, false)
                        .protocol(1)
                        .payload(100)),
                DecodeAnomaly.FRAGMENT_TOO_LARGE);
    }

    @Test
    void stepsOverAuthenticationHeader() {
        assertTcp4(decode(ethernet()
                .ipv4(A4, B4)
                .protocol(IpProtocol.AUTHENTICATION)
                .octets("0604000000000001000000010000000000000000 00000000")
                .tcp(40000, 80)
                .payload("hello")));
    }

    // ---- IPv6

    @Test
    void stepsOverExtensionHeaders() {
        Packet packet = decode(ethernet()
                .ipv6(A6, B6)
                .extension(IpProtocol.HOP_BY_HOP, "00 050200000100")
                .extension(IpProtocol.ROUTING, "00 0400 00000000")
                .extension(IpProtocol.DESTINATION_OPTIONS, "01 010c 000000000000000000000000")
                .extension(IpProtocol.AUTHENTICATION, "04 0000 00000001 00000001 000000000000000000000000")
                .udp(5000, 53)
                .payload("hello"));
        assertUdp6(packet);
        assertThat(packet.ipHeaderLength).isEqualTo(40 + 8 + 8 + 16 + 24);
    }

    @Test
    void treatsAtomicFragmentAsWhole() {
        Packet packet = decode(ethernet()
                .ipv6(A6, B6)
                .fragmentHeader(5, 0, false)
                .udp(5000, 53)
                .payload("hello"));
        assertOnly(packet, DecodeAnomaly.IPV6_FRAGMENT_HEADER_USELESS);
        assertThat(packet.destinationPort).isEqualTo(53);
        assertThat(packet.isFragment()).isFalse();
    }

    @Test
    void givesIpv6FragmentsNoTransport() {
        Packet packet = decode(ethernet()
                .ipv6(A6, B6)
                .fragmentHeader(0x12345678, 1480, true)
                .protocol(17)
                .payload(16));
        assertThat(packet.fragmentOffset).isEqualTo(1480);
        assertThat(packet.fragmentMore).isTrue();
        assertThat(packet.fragmentId).isEqualTo(0x12345678);
        assertThat(packet.ipProtocol).isEqualTo(IpProtocol.UDP);
        assertThat(packet.ipHeaderLength).isEqualTo(48);
        assertThat(packet.transportOffset).isEqualTo(Packet.NONE);
    }

    @Test
    void marksExtensionChainsThatAreTooLongOrCutOff() {
        PacketBuilder many = ethernet().ipv6(A6, B6);
        for (int i = 0; i <= IpDecoder.EXTENSIONS_MAX; i++) {
            many.extension(IpProtocol.DESTINATION_OPTIONS, "00 010400000000");
        }
        assertThat(decode(many.udp(1, 2)).has(DecodeAnomaly.IPV6_EXTENSION_TOO_MANY))
                .isTrue();
        assertOnly(
                decode(ethernet().ipv6(A6, B6).extension(IpProtocol.DESTINATION_OPTIONS, "02 010400000000")),
                DecodeAnomaly.IPV6_EXTENSION_TRUNCATED);
        assertOnly(
                decode(ethernet().ipv6(A6, B6).protocol(IpProtocol.FRAGMENT).payload(7)),
                DecodeAnomaly.IPV6_EXTENSION_TRUNCATED);
    }

    @Test
    void marksIpv6HeaderThatLies() {
        assertOnly(decode(ethernet().ipv6(A6, B6).spoil(0, "40")), DecodeAnomaly.IPV6_WRONG_VERSION);
        assertOnly(decode(ethernet().ipv6(A6, B6).spoil(4, "0001")), DecodeAnomaly.IPV6_TRUNCATED);
    }

    // ---- transport

    @Test
    void marksTransportHeadersThatLie() {
        assertThat(decode(ethernet().ipv4(A4, B4).tcp(1, 2).spoil(12, "40")).has(DecodeAnomaly.TCP_HEADER_TOO_SMALL))
                .isTrue();
        assertThat(decode(ethernet().ipv4(A4, B4).tcp(1, 2).spoil(12, "60")).has(DecodeAnomaly.TCP_HEADER_TOO_SMALL))
                .isTrue();
        assertOnly(decode(ethernet().ipv4(A4, B4).tcp(1, 2).tcpOptions("02050000")), DecodeAnomaly.TCP_OPTION_INVALID);
        assertOnly(decode(ethernet().ipv4(A4, B4).udp(1, 2).spoil(4, "0007")), DecodeAnomaly.UDP_LENGTH_INVALID);
        assertOnly(decode(ethernet().ipv4(A4, B4).udp(1, 2).spoil(4, "0009")), DecodeAnomaly.UDP_TRUNCATED);
        assertOnly(decode(ethernet().ipv4(A4, B4).protocol(6).payload(19)), DecodeAnomaly.TCP_TOO_SMALL);
        assertOnly(decode(ethernet().ipv4(A4, B4).protocol(17).payload(7)), DecodeAnomaly.UDP_TOO_SMALL);
        assertOnly(decode(ethernet().ipv4(A4, B4).protocol(1).payload(7)), DecodeAnomaly.ICMP_TOO_SMALL);
        assertOnly(decode(ethernet().ipv6(A6, B6).protocol(58).payload(7)), DecodeAnomaly.ICMPV6_TOO_SMALL);
        assertOnly(decode(ethernet().ipv4(A4, B4).protocol(132).payload(11)), DecodeAnomaly.SCTP_TOO_SMALL);
    }

    @Test
    void readsIcmpAndSctp() {
        Packet icmp = decode(ethernet().ipv4(A4, B4).icmp(8, 0).payload(56));
        assertThat(icmp.anomalies).isZero();
        assertThat(icmp.sourcePort).isEqualTo(8);
        assertThat(icmp.payloadLength).isEqualTo(56);
        Packet icmpv6 = decode(ethernet().ipv6(A6, B6).icmpv6(1, 4).payload(55));
        assertThat(icmpv6.anomalies).isZero();
        assertThat(icmpv6.destinationPort).isEqualTo(4);
        Packet sctp = decode(ethernet().ipv4(A4, B4).sctp(7, 8).payload(9));
        assertThat(sctp.anomalies).isZero();
        assertThat(sctp.destinationPort).isEqualTo(8);
        assertThat(sctp.payloadLength).isEqualTo(9);
    }

    @Test
    void marksUnknownProtocolWithoutReportingIt() {
        Packet packet = decode(ethernet().ipv4(A4, B4).protocol(89).payload(44));
        assertOnly(packet, DecodeAnomaly.IP_PROTOCOL_UNKNOWN);
        assertThat(DecodeAnomaly.IP_PROTOCOL_UNKNOWN.isReported()).isFalse();
        assertThat(decode(ethernet().ipv6(A6, B6)).anomalies).isZero();
    }

    // ---- tunnels

    @Test
    void followsIpInIp() {
        Packet v4InV4 = decode(tcp4(ethernet().ipv4("192.0.2.1", "192.0.2.2")));
        assertThat(v4InV4.transportOffset).isEqualTo(Packet.NONE);
        assertTcp4(inner(v4InV4));
        assertUdp6(inner(decode(udp6(ethernet().ipv4("192.0.2.1", "192.0.2.2")))));
        assertTcp4(inner(decode(tcp4(ethernet().ipv6("fd00::1", "fd00::2")))));
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "0x2000, 00000001", "0x8000, 00000000", "0xb000, 000000000000000100000002"})
    void followsGre(String flags, String optional) {
        int bits = Integer.decode(flags);
        assertTcp4(inner(decode(tcp4(ethernet().ipv4("192.0.2.1", "192.0.2.2").gre(bits, optional)))));
        assertTcp4(inner(decode(tcp4(ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .gre(bits, optional)
                .innerEthernet(INNER_A, INNER_B)
                .vlan(3)))));
    }

    @Test
    void followsPptp() {
        assertTcp4(inner(
                decode(tcp4(ethernet().ipv4("192.0.2.1", "192.0.2.2").pptp(7).ppp()))));
    }

    @Test
    void marksMalformedGre() {
        assertOnly(decode(tcp4(ethernet().ipv4("192.0.2.1", "192.0.2.2").gre(0x4000, ""))), DecodeAnomaly.GRE_FLAGS);
        assertOnly(decode(tcp4(ethernet().ipv4("192.0.2.1", "192.0.2.2").gre(2, ""))), DecodeAnomaly.GRE_WRONG_VERSION);
        assertOnly(
                decode(ethernet().ipv4("192.0.2.1", "192.0.2.2").gre(0xb000, "00000000")),
                DecodeAnomaly.GRE_HEADER_TOO_LARGE);
    }

    @Test
    void followsVxlan() {
        Packet packet = decode(tcp4(ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .udp(50000, 4789)
                .vxlan(42)
                .innerEthernet(INNER_A, INNER_B)));
        assertThat(packet.destinationPort).isEqualTo(4789);
        assertTcp4(inner(packet));
        assertThat(inner(packet).destinationMac).isEqualTo(Mac.parse(INNER_B));
        assertOnly(decode(ethernet().ipv4(A4, B4).udp(1, 4789).payload("0000")), DecodeAnomaly.VXLAN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000 1234 7f000001",
                "0001 0000 0000000000000000 00",
                "0001 0000 0000000000000000 00 0000 1234 7f000001",
                "0001 0204 aabb 01020304 0000000000000000 00"
            })
    void followsTeredo(String indications) {
        PacketBuilder outer = ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(50000, 3544);
        assertUdp6(inner(decode(udp6(outer.octets(indications)))));
    }

    @Test
    void marksTeredoWithoutIpv6() {
        assertOnly(decode(ethernet().ipv4(A4, B4).udp(1, 3544).payload(60)), DecodeAnomaly.TEREDO_MALFORMED);
    }

    @Test
    void stopsAtTheDeepestTunnel() {
        PacketBuilder built = ethernet();
        for (int i = 0; i <= FrameDecoder.TUNNELS_MAX; i++) {
            built.ipv4("192.0.2.1", "192.0.2.2");
        }
        Packet packet = decode(tcp4(built));
        for (int depth = 0; depth < FrameDecoder.TUNNELS_MAX; depth++) {
            assertThat(packet.anomalies).isZero();
            packet = inner(packet);
        }
        assertOnly(packet, DecodeAnomaly.TUNNEL_TOO_DEEP);
        assertThat(packet.inner()).isNull();
    }
}
