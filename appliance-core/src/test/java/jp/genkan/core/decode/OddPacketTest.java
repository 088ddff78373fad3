package jp.genkan.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the decoder says of odd packets, octet by octet. Checksums are not looked at here. */
class OddPacketTest {
    private static final String ADDRESSES_6 = "20010db8000000000000000000000001" + "20010db8000000000000000000000002";
    private static final String ADDRESSES_4 = "0a000001" + "0a000002";
    private static final String UDP = "0400 0035 0008 0000";

    /** All marks of a packet. */
    static List<DecodeAnomaly> marks(Packet packet) {
        List<DecodeAnomaly> marks = new ArrayList<>();
        for (DecodeAnomaly each : DecodeAnomaly.values()) {
            if (packet.has(each)) {
                marks.add(each);
            }
        }
        return marks;
    }

    private static Packet decode(LinkType link, String hex) {
        byte[] frame = HexFormat.of().parseHex(hex.replace(" ", ""));
        Packet packet = new Packet().wrap(MemorySegment.ofArray(frame), 0, frame.length);
        new FrameDecoder(ChecksumPolicy.IGNORE).decode(packet, link);
        return packet;
    }

    private static int octets(String hex) {
        return hex.replace(" ", "").length() / 2;
    }

    private static Packet ipv4(int protocol, String options, String payload) {
        int header = 20 + octets(options);
        return decode(
                LinkType.RAW,
                "%02x00 %04x 1234 0000 40 %02x 0000 %s %s %s"
                        .formatted(
                                0x40 | header / 4, header + octets(payload), protocol, ADDRESSES_4, options, payload));
    }

    private static Packet ipv6(int next, int hopLimit, String payload) {
        return decode(
                LinkType.RAW,
                "60000000 %04x %02x %02x %s %s".formatted(octets(payload), next, hopLimit, ADDRESSES_6, payload));
    }

    @Test
    void namesDifferAndFitIntoTwoWords() {
        assertThat(DecodeAnomaly.values()).hasSizeLessThanOrEqualTo(2 * Long.SIZE);
        assertThat(List.of(DecodeAnomaly.values()).stream().map(each -> each.eveName(4)))
                .allMatch(name -> name.startsWith(DecodeAnomaly.EVE_PREFIX));
        assertThat(List.of(
                                DecodeAnomaly.IPV4_CHECKSUM,
                                DecodeAnomaly.TCP_CHECKSUM,
                                DecodeAnomaly.FRAGMENT_OVERLAP,
                                DecodeAnomaly.FRAGMENT_LENGTH_INVALID)
                        .stream()
                        .map(Enum::ordinal))
                .allMatch(ordinal -> ordinal < Long.SIZE);
        assertThat(DecodeAnomaly.FRAGMENT_OVERLAP.eveName(6)).isEqualTo("decoder.ipv6.frag_overlap");
    }

    @ParameterizedTest
    @CsvSource({
        "94040000 01010101, ''",
        "94040000, IPV4_OPTION_PADDING",
        "94030000 00000000, IPV4_OPTION_INVALID",
        "07030400 00000000, ''",
        "07030300 00000000, IPV4_OPTION_MALFORMED",
        "83071001 01010100, IPV4_OPTION_MALFORMED",
        "44080500 00000000, ''",
        "44080400 00000000, IPV4_OPTION_MALFORMED",
        "01010101 01010107, IPV4_OPTION_END_REQUIRED",
        "94040000 94040000, IPV4_OPTION_DUPLICATE",
        "de040000 00000000, IPV4_OPTION_UNKNOWN",
        "94090000 00000000, IPV4_OPTION_INVALID"
    })
    void checksIpv4Options(String options, String expected) {
        Packet packet = ipv4(17, options, UDP);
        assertThat(String.join(" ", marks(packet).stream().map(Enum::name).toList()))
                .isEqualTo(expected);
        assertThat(packet.destinationPort).isEqualTo(53);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1100050200000100, IPV6_PADDING_EMPTY",
        "0, 1100010400000000, IPV6_HOP_BY_HOP_PADDING",
        "0, 1100010001020000, IPV6_HOP_BY_HOP_PADDING IPV6_PADDING_EMPTY",
        "0, 11003e0400000000, IPV6_HOP_BY_HOP_UNKNOWN",
        "60, 11003e0400000000, IPV6_DESTINATION_OPTIONS_UNKNOWN",
        "60, 1100000000000000, IPV6_DESTINATION_OPTIONS_PADDING",
        "60, 1100050300000000, IPV6_OPTION_LENGTH_INVALID",
        "60, 1100050900000000, IPV6_OPTION_LENGTH_INVALID",
        "0, 0000050200000100 1100050200000100, IPV6_HOP_BY_HOP_TWICE IPV6_PADDING_EMPTY",
        "60, 3c003e0000000000 3c003e0000000000 11003e0000000000, IPV6_DESTINATION_OPTIONS_TWICE IPV6_DESTINATION_OPTIONS_UNKNOWN",
        "43, 1100000000000000, IPV6_ROUTING_HEADER_TYPE_0",
        "43, 2b00020000000000 1100020000000000, IPV6_ROUTING_HEADER_TWICE",
        "44, 1100000000000001, IPV6_FRAGMENT_HEADER_USELESS",
        "44, 1107000000000001, IPV6_FRAGMENT_HEADER_USELESS IPV6_FRAGMENT_HEADER_RESERVED",
        "44, 2c00000000000001 1100000000000001, IPV6_FRAGMENT_HEADER_TWICE IPV6_FRAGMENT_HEADER_USELESS",
        "51, 1101000100000001 00000000, IPV6_AUTHENTICATION_RESERVED",
        "51, 3301000000000001 00000000 1101000000000001 00000000, IPV6_AUTHENTICATION_TWICE"
    })
    void checksExtensionHeaders(int next, String headers, String expected) {
        Packet packet = ipv6(next, 64, headers + UDP);
        assertThat(marks(packet).stream().map(Enum::name)).containsExactlyInAnyOrder(words(expected));
        assertThat(packet.destinationPort).isEqualTo(53);
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ", -1);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0800000000010001, ''",
        "1, 0801000000010001, ICMP_CODE_UNKNOWN",
        "1, 0700000000010001, ICMP_TYPE_UNKNOWN",
        "1, 0301000000000000 45000014, ICMP_QUOTE_TRUNCATED",
        "1, 0301000000000000 6500001400000000400100000a0000010a000002, ICMP_QUOTE_WRONG_VERSION",
        "1, 0301000000000000, ''",
        "58, 8000000000010001, IPV4_CARRIES_ICMPV6",
        "59, 00, IPV6_DATA_AFTER_NONE",
        "50, 00000001, ESP_TOO_SMALL",
        "89, 00000001, IP_PROTOCOL_UNKNOWN",
        "2, 11000000e0000001, ''",
        "2, 110000, IGMP_TOO_SMALL",
        "2, 11000000e000000100, IGMP_V3_TOO_SMALL",
        "2, 11000000e000000100000000, ''",
        "2, 11000000e000000100000001, IGMP_MALFORMED",
        "2, 2200000000000001 01000001e0000001 0a000001, ''",
        "2, 2200000000000001 01000002e0000001 0a000001, IGMP_MALFORMED",
        "2, 2200000000000002 01000001e0000001 0a000001, IGMP_MALFORMED",
        "17, 0400003500090000, UDP_TRUNCATED",
        "132, 00070007 00000001 00000000 0a000004, ''",
        "132, 00070007 00000001 00000000 0a00, SCTP_CHUNK_TOO_SMALL",
        "132, 00070007 00000001 00000000 0a000008, SCTP_CHUNK_LENGTH_INVALID",
        "132, 00070007 00000001 00000000 01000004, SCTP_INIT_TAG",
        "132, 00070007 00000000 00000000 01000004 0a000004, SCTP_INIT_NOT_ALONE",
        "132, 00070007 00000000 00000000 00000004, SCTP_DATA_NO_TAG",
        "47, 01000800, GRE_RECURSION",
        "47, 00080800, GRE_FLAGS",
        "47, 3001880b 00000000, PPTP_HEADER_TOO_LARGE",
        "47, b001880b 00000000, PPTP_CHECKSUM",
        "47, 7001880b 00000000, PPTP_ROUTING",
        "47, 1001880b 00000000, PPTP_NO_KEY",
        "47, 30010800 00000000, PPTP_WRONG_PROTOCOL",
        "47, 100088be 00000000 1001, ERSPAN_TOO_SMALL",
        "47, 100088be 00000000 2001000000000000, ERSPAN_WRONG_VERSION"
    })
    void checksWhatIpv4Carries(int protocol, String payload, String expected) {
        assertThat(marks(ipv4(protocol, "", payload)).stream().map(Enum::name))
                .containsExactlyInAnyOrder(words(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0800000000010001, IPV6_CARRIES_ICMPV4",
        "58, 8000000000010001, ''",
        "58, 8001000000010001, ICMPV6_CODE_UNKNOWN",
        "58, 0500000000010001, ICMPV6_TYPE_UNASSIGNED",
        "58, fa00000000010001, ICMPV6_TYPE_UNASSIGNED",
        "58, 9a00000000010001, ICMPV6_TYPE_UNKNOWN",
        "58, c800000000010001, ICMPV6_TYPE_EXPERIMENTAL",
        "58, 6400000000010001, ICMPV6_TYPE_EXPERIMENTAL",
        "58, 8300000000000000, ICMPV6_LISTENER_HOP_LIMIT",
        "58, 0100000000000000 60000000, ICMPV6_QUOTE_TRUNCATED",
        "4, 45000014, IPV4_IN_IPV6_TOO_SMALL",
        "4, 6500001400000000400100000a0000010a000002, IPV4_IN_IPV6_WRONG_VERSION",
        "41, 60000000, IPV6_IN_IPV6_TOO_SMALL"
    })
    void checksWhatIpv6Carries(int next, String payload, String expected) {
        assertThat(marks(ipv6(next, 64, payload)).stream().map(Enum::name)).containsExactlyInAnyOrder(words(expected));
    }

    @Test
    void checksTcpOptions() {
        String header = "0400 0050 00000001 00000000 %02x02 0200 0000 0000 %s";
        assertThat(marks(ipv4(6, "", header.formatted(0x70, "020405b4 020405b4"))))
                .containsExactly(DecodeAnomaly.TCP_OPTION_DUPLICATE);
        assertThat(marks(ipv4(6, "", header.formatted(0x70, "02050000 01000000"))))
                .containsExactly(DecodeAnomaly.TCP_OPTION_INVALID);
        assertThat(marks(ipv4(6, "", header.formatted(0x70, "01010402 03030701"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0001080006040001, ''",
        "0006080006040001, ARP_HARDWARE",
        "0001080606040001, ARP_PROTOCOL",
        "0001080008040001, ARP_HARDWARE_SIZE",
        "0001080006060001, ARP_PROTOCOL_SIZE",
        "000108000604000b, ARP_OPERATION"
    })
    void checksArp(String header, String expected) {
        Packet packet = decode(
                LinkType.ETHERNET,
                "020000000001020000000002 0806" + header + "020000000001 0a000001 000000000000 0a000002");
        assertThat(marks(packet).stream().map(Enum::name)).containsExactlyInAnyOrder(words(expected));
    }

    private static final String IP4_UDP = "4500001c0000000040110000" + ADDRESSES_4 + UDP;

    private static void assertUdp(Packet packet) {
        assertThat(marks(packet)).isEmpty();
        assertThat(packet.destinationPort).isEqualTo(53);
    }

    @Test
    void followsOtherTagsAndLinkTypes() {
        assertUdp(decode(LinkType.CISCO_HDLC, "0f000800" + IP4_UDP));
        assertUdp(decode(LinkType.NETFILTER_LOG, "02000000 08000100 00000000 2000 0900" + IP4_UDP));
        assertUdp(decode(LinkType.ETHERNET, "020000000001020000000002 8926 00000000 0800" + IP4_UDP));
        assertUdp(decode(
                LinkType.ETHERNET,
                "020000000001020000000002 88e7 00000001 020000000003 020000000004 8100 0005 0800" + IP4_UDP));
        assertUdp(decode(LinkType.ETHERNET, "020000000001020000000002 894f 0fc2 02 01 00000000" + IP4_UDP));
        assertUdp(decode(LinkType.PER_PACKET_NOTES, "0000 0c00 0c000000 ffffffff" + IP4_UDP));
        assertThat(marks(decode(LinkType.PER_PACKET_NOTES, "0000 0800 c0000000")))
                .containsExactly(DecodeAnomaly.LINK_TOO_SMALL);
        assertThat(marks(decode(LinkType.PER_PACKET_NOTES, "0000 0700 0c000000")))
                .containsExactly(DecodeAnomaly.LINK_TOO_SMALL);
        assertThat(marks(decode(LinkType.CISCO_HDLC, "0f00"))).containsExactly(DecodeAnomaly.CISCO_HDLC_TOO_SMALL);
        assertThat(marks(decode(LinkType.NETFILTER_LOG, "02000000 0800")))
                .containsExactly(DecodeAnomaly.LINK_TOO_SMALL);
        assertThat(marks(decode(LinkType.ETHERNET, "020000000001020000000002 8926 0000")))
                .containsExactly(DecodeAnomaly.VNTAG_TOO_SMALL);
        assertThat(marks(decode(LinkType.NULL, "02"))).containsExactly(DecodeAnomaly.LOOPBACK_TOO_SMALL);
        assertThat(marks(decode(LinkType.NULL, "63000000"))).containsExactly(DecodeAnomaly.LOOPBACK_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "00001140, MPLS_ROUTER_ALERT",
        "00003140, MPLS_IMPLICIT_NULL",
        "00005140, MPLS_RESERVED",
        "00007140, ''",
        "00010140, ''"
    })
    void checksMplsLabels(String entry, String expected) {
        Packet packet = decode(LinkType.ETHERNET, "020000000001020000000002 8847" + entry + IP4_UDP);
        assertThat(marks(packet).stream().map(Enum::name)).containsExactlyInAnyOrder(words(expected));
        assertThat(packet.destinationPort).isEqualTo(53);
    }

    @Test
    void marksServiceHeadersThatLie() {
        String ethernet = "020000000001020000000002 894f";
        assertThat(marks(decode(LinkType.ETHERNET, ethernet + "0fc2"))).containsExactly(DecodeAnomaly.NSH_MALFORMED);
        assertThat(marks(decode(LinkType.ETHERNET, ethernet + "0fff 02 01 00000000")))
                .containsExactly(DecodeAnomaly.NSH_MALFORMED);
        assertThat(marks(decode(LinkType.ETHERNET, ethernet + "4fc2 02 01 00000000")))
                .containsExactly(DecodeAnomaly.NSH_UNKNOWN);
        assertThat(marks(decode(LinkType.ETHERNET, ethernet + "0fc2 02 09 00000000")))
                .containsExactly(DecodeAnomaly.NSH_UNKNOWN);
    }

    @Test
    void followsGeneveAndErspan() {
        String frame = "020000000001020000000002 0800" + IP4_UDP;
        Packet geneve = ipv4(
                17, "", "c000 17c1 %04x 0000".formatted(16 + 4 + octets(frame)) + "01006558 00002a00 00000000" + frame);
        assertUdp(Objects.requireNonNull(geneve.inner()));
        Packet mirrored = ipv4(47, "", "100088be 00000001 1001000000000000" + frame);
        assertUdp(Objects.requireNonNull(mirrored.inner()));
        assertUdp(Objects.requireNonNull(ipv4(47, "", "000088be" + frame).inner()));
        Packet wrong = ipv4(17, "", "c000 17c1 0010 0000 40006558 00002a00");
        assertThat(marks(wrong)).containsExactly(DecodeAnomaly.GENEVE_UNKNOWN);
        assertThat(wrong.inner()).isNull();
    }
}
