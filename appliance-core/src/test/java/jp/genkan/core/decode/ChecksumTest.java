package jp.genkan.core.decode;

import static jp.genkan.core.frame.PacketBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
    private static final String A4 = "10.0.0.1";
    private static final String B4 = "10.0.0.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";

    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);

    private Packet decode(PacketBuilder built) {
        Packet packet = built.packet();
        decoder.decode(packet, LinkType.ETHERNET);
        return packet;
    }

    /** RFC 1071 §4.1, in words of 16 bits. */
    private static int slow(byte[] octets, int offset, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = octets[offset + i] & 0xff;
            sum += (i & 1) == 0 ? octet << 8 : octet;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }

    @Test
    void agreesWithTheSlowSumForEveryLengthAndAlignment() {
        long seed = 20261125;
        Random random = new Random(seed);
        byte[] octets = new byte[4096];
        for (int round = 0; round < 3; round++) {
            random.nextBytes(octets);
            if (round == 2) {
                java.util.Arrays.fill(octets, (byte) 0xff);
            }
            MemorySegment segment = MemorySegment.ofArray(octets);
            for (int length = 0; length < 200; length++) {
                for (int offset = 0; offset < 9; offset++) {
                    assertThat(Checksum.finish(Checksum.add(0, segment, offset, length)))
                            .as("seed %d, offset %d, length %d", seed, offset, length)
                            .isEqualTo(slow(octets, offset, length));
                }
            }
            assertThat(Checksum.finish(Checksum.add(0, segment, 1, 4001))).isEqualTo(slow(octets, 1, 4001));
        }
    }

    @Test
    void carriesASumOnOverPieces() {
        byte[] octets = new byte[1000];
        new Random(7).nextBytes(octets);
        MemorySegment segment = MemorySegment.ofArray(octets);
        long sum = Checksum.add(Checksum.add(0, segment, 0, 334), segment, 334, 666);
        assertThat(Checksum.finish(sum)).isEqualTo(slow(octets, 0, 1000));
        assertThat(Checksum.finish(Checksum.addU16(0, 0x1234))).isEqualTo(~0x1234 & 0xffff);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 1459, 1460})
    void acceptsSoundPacketsOfAnyLength(int length) {
        assertThat(decode(ethernet().ipv4(A4, B4).tcp(1, 2).payload(length)).anomalies)
                .isZero();
        assertThat(decode(ethernet().ipv6(A6, B6).tcp(1, 2).payload(length)).anomalies)
                .isZero();
        assertThat(decode(ethernet().ipv4(A4, B4).udp(1, 2).payload(length)).anomalies)
                .isZero();
        assertThat(decode(ethernet().ipv6(A6, B6).udp(1, 2).payload(length)).anomalies)
                .isZero();
        assertThat(decode(ethernet().ipv4(A4, B4).icmp(8, 0).payload(length)).anomalies)
                .isZero();
        assertThat(decode(ethernet().ipv6(A6, B6).icmpv6(128, 0).payload(length)).anomalies)
                .isZero();
    }

    @Test
    void marksWrongSumsAndDecodesAllTheSame() {
        Packet tcp = decode(ethernet().ipv4(A4, B4).tcp(1, 2).spoil(16, "dead").payload(9));
        assertThat(tcp.anomalies).isEqualTo(DecodeAnomaly.TCP_CHECKSUM.bit());
        assertThat(tcp.hasBadChecksum()).isTrue();
        assertThat(tcp.destinationPort).isEqualTo(2);
        assertThat(decode(ethernet().ipv4(A4, B4).spoil(10, "dead").tcp(1, 2)).anomalies)
                .isEqualTo(DecodeAnomaly.IPV4_CHECKSUM.bit());
        assertThat(decode(ethernet().ipv6(A6, B6).udp(1, 2).spoil(6, "dead")).anomalies)
                .isEqualTo(DecodeAnomaly.UDP_CHECKSUM.bit());
        assertThat(decode(ethernet().ipv4(A4, B4).icmp(8, 0).spoil(2, "dead")).anomalies)
                .isEqualTo(DecodeAnomaly.ICMP_CHECKSUM.bit());
        assertThat(decode(ethernet().ipv6(A6, B6).icmpv6(128, 0).spoil(2, "dead")).anomalies)
                .isEqualTo(DecodeAnomaly.ICMPV6_CHECKSUM.bit());
    }

    @Test
    void takesZeroForNoneWhereTheSpecificationDoes() {
        assertThat(decode(ethernet().ipv4(A4, B4).udp(1, 2).spoil(6, "0000")).anomalies)
                .isZero();
        assertThat(decode(ethernet().ipv6(A6, B6).udp(1, 2).spoil(6, "0000")).anomalies)
                .isEqualTo(DecodeAnomaly.UDP_CHECKSUM.bit());
        assertThat(decode(ethernet()
                                .ipv6(A6, B6)
                                .udp(1, 4789)
                                .spoil(6, "0000")
                                .vxlan(1)
                                .innerEthernet("02:00:00:00:00:0a", "02:00:00:00:00:0b")
                                .arp(1, "02:00:00:00:00:0a", A4, "02:00:00:00:00:0b", B4))
                        .anomalies)
                .isZero();
    }

    @Test
    void leavesTransportSumsAloneThatTheKernelVouchesFor() {
        Packet packet = ethernet()
                .ipv4(A4, B4)
                .spoil(10, "dead")
                .tcp(1, 2)
                .spoil(16, "dead")
                .packet();
        packet.checksumTrusted = true;
        decoder.decode(packet, LinkType.ETHERNET);
        assertThat(packet.anomalies).isEqualTo(DecodeAnomaly.IPV4_CHECKSUM.bit());
    }

    @Test
    void looksAtNoneWhenTold() {
        Packet packet = ethernet()
                .ipv4(A4, B4)
                .spoil(10, "dead")
                .tcp(1, 2)
                .spoil(16, "dead")
                .packet();
        new FrameDecoder(ChecksumPolicy.IGNORE).decode(packet, LinkType.ETHERNET);
        assertThat(packet.anomalies).isZero();
    }

    @Test
    void doesNotJudgeWhereARouteHidesTheLastDestination() {
        assertThat(decode(ethernet()
                                .ipv6(A6, B6)
                                .extension(43, "02 0201 00000000 20010db8000000000000000000000009")
                                .tcp(1, 2))
                        .anomalies)
                .isZero();
        assertThat(decode(ethernet()
                                .ipv4(A4, B4)
                                .options("830704 0a000009 00")
                                .tcp(1, 2)
                                .spoil(16, "dead"))
                        .anomalies)
                .isZero();
    }
}
