package jp.genkan.core.fragment;

import static jp.genkan.core.frame.PacketBuilder.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpReassemblerTest {
    private static final String A4 = "10.0.0.1";
    private static final String B4 = "10.0.0.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
    private final IpReassembler reassembler = new IpReassembler(FragmentLimits.DEFAULT, decoder);
    private long now = 5 * SECOND;

    private @Nullable Packet offer(PacketBuilder built) {
        return offer(reassembler, built.packet());
    }

    private @Nullable Packet offer(IpReassembler to, Packet packet) {
        decoder.decode(packet, LinkType.ETHERNET);
        return to.offer(packet, now);
    }

    private Packet marked(PacketBuilder built) {
        Packet packet = built.packet();
        offer(reassembler, packet);
        return packet;
    }

    private long count(FragmentCounter counter) {
        return reassembler.counters().get(counter);
    }

    /** The UDP datagram of one sender as fragments of this many octets each. */
    private static List<PacketBuilder> fragments4(int id, byte[] transport, int size) {
        List<PacketBuilder> all = new ArrayList<>();
        for (int at = 0; at < transport.length; at += size) {
            int end = Math.min(at + size, transport.length);
            all.add(fragment4(id, at, end < transport.length, Arrays.copyOfRange(transport, at, end)));
        }
        return all;
    }

    private static PacketBuilder fragment4(int id, int offset, boolean more, byte[] octets) {
        return ethernet()
                .ipv4(A4, B4)
                .fragment(id, offset, more)
                .protocol(IpProtocol.UDP)
                .payload(octets);
    }

    private static PacketBuilder fragment6(int id, int offset, boolean more, byte[] octets) {
        return ethernet()
                .ipv6(A6, B6)
                .fragmentHeader(id, offset, more)
                .protocol(IpProtocol.UDP)
                .payload(octets);
    }

    private static byte[] udp4(int length) {
        byte[] packet =
                PacketBuilder.raw().ipv4(A4, B4).udp(4000, 53).payload(length).bytes();
        return Arrays.copyOfRange(packet, 20, packet.length);
    }

    private static byte[] udp6(int length) {
        byte[] packet =
                PacketBuilder.raw().ipv6(A6, B6).udp(4000, 53).payload(length).bytes();
        return Arrays.copyOfRange(packet, 40, packet.length);
    }

    private static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    private static void assertWhole(@Nullable Packet whole, int length) {
        Packet packet = Objects.requireNonNull(whole, "not put together");
        assertThat(packet.reassembled).isTrue();
        assertThat(packet.isFragment()).isFalse();
        assertThat(packet.anomalies).isZero();
        assertThat(packet.sourcePort).isEqualTo(4000);
        assertThat(packet.destinationPort).isEqualTo(53);
        assertThat(packet.payloadLength).isEqualTo(length);
        for (int i = 0; i < length; i++) {
            assertThat(packet.u8(packet.payloadOffset + i)).isEqualTo(i & 0xff);
        }
    }

    // ---- what is honest

    @ParameterizedTest
    @CsvSource({"3000, 1480", "65507, 1480", "65507, 512", "65507, 48", "100, 8", "1, 8", "504, 512", "20000, 65528"})
    void putsIpv4TogetherInAnyOrder(int length, int size) {
        byte[] transport = udp4(length);
        if (transport.length <= size) {
            return; // not fragmented at all
        }
        List<PacketBuilder> fragments = fragments4(7, transport, size);
        for (int round = 0; round < 4; round++) {
            Collections.shuffle(fragments, new Random(round));
            Packet whole = null;
            for (PacketBuilder fragment : fragments) {
                assertThat(whole).isNull();
                whole = offer(fragment);
            }
            assertWhole(whole, length);
        }
        assertThat(reassembler.datagrams()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 3000, 65527})
    void putsIpv6Together(int length) {
        byte[] transport = udp6(length);
        Packet whole = null;
        for (int at = 0; at < transport.length; at += 1232) {
            int end = Math.min(at + 1232, transport.length);
            boolean more = end < transport.length || transport.length <= 1232;
            if (transport.length <= 1232) {
                assertThat(offer(fragment6(9, 0, true, Arrays.copyOfRange(transport, 0, 16))))
                        .isNull();
                whole = offer(fragment6(9, 16, false, Arrays.copyOfRange(transport, 16, transport.length)));
            } else {
                whole = offer(fragment6(9, at, more, Arrays.copyOfRange(transport, at, end)));
            }
        }
        assertWhole(whole, length);
    }

    @Test
    void keepsHeadersThatStandBeforeTheFragmentHeader() {
        byte[] transport = udp6(100);
        Packet whole = null;
        for (int at = 0; at < transport.length; at += 56) {
            int end = Math.min(at + 56, transport.length);
            whole = offer(ethernet()
                    .ipv6(A6, B6)
                    .extension(IpProtocol.HOP_BY_HOP, "00 050200000100")
                    .extension(IpProtocol.DESTINATION_OPTIONS, "01 010c 000000000000000000000000")
                    .fragmentHeader(3, at, end < transport.length)
                    .protocol(IpProtocol.UDP)
                    .payload(Arrays.copyOfRange(transport, at, end)));
        }
        assertWhole(whole, 100);
        assertThat(Objects.requireNonNull(whole).ipHeaderLength).isEqualTo(64);
    }

    @Test
    void takesOverArrivalAndTags() {
        List<byte[]> parts = List.of(Arrays.copyOf(udp4(56), 32), Arrays.copyOfRange(udp4(56), 32, 64));
        Packet whole = null;
        for (int i = 0; i < 2; i++) {
            Packet packet = ethernet()
                    .vlan(12)
                    .ipv4(A4, B4)
                    .options("0101010101010101")
                    .fragment(1, 32 * i, i == 0)
                    .protocol(17)
                    .payload(parts.get(i))
                    .packet();
            packet.captureNumber = 40L + i;
            packet.epochNanos = 99;
            whole = offer(reassembler, packet);
        }
        assertWhole(whole, 56);
        Packet packet = Objects.requireNonNull(whole);
        assertThat(packet.captureNumber).isEqualTo(41);
        assertThat(packet.epochNanos).isEqualTo(99);
        assertThat(packet.vlanCount).isEqualTo(1);
        assertThat(packet.vlanIds).isEqualTo(12);
        assertThat(packet.sourceMac).isEqualTo(Mac.parse("02:00:00:00:00:01"));
        assertThat(packet.outermost().captureNumber).isEqualTo(41);
        assertThat(packet.isOutermost()).isFalse();
    }

    @Test
    void keepsDatagramsOfDifferentIdentityApart() {
        byte[] transport = udp4(56);
        byte[] head = Arrays.copyOf(transport, 32);
        byte[] tail = Arrays.copyOfRange(transport, 32, 64);
        offer(fragment4(1, 0, true, head));
        assertThat(offer(fragment4(2, 32, false, tail))).isNull();
        assertThat(offer(ethernet()
                        .vlan(5)
                        .ipv4(A4, B4)
                        .fragment(1, 32, false)
                        .protocol(17)
                        .payload(tail)))
                .isNull();
        assertThat(offer(ethernet()
                        .ipv4(A4, B4)
                        .fragment(1, 32, false)
                        .protocol(IpProtocol.ICMP)
                        .payload(tail)))
                .isNull();
        assertThat(offer(ethernet()
                        .ipv4(B4, A4)
                        .fragment(1, 32, false)
                        .protocol(17)
                        .payload(tail)))
                .isNull();
        assertThat(reassembler.datagrams()).isEqualTo(5);
        assertWhole(offer(fragment4(1, 32, false, tail)), 56);
    }

    @Test
    void leavesWholePacketsAlone() {
        assertThat(offer(ethernet().ipv4(A4, B4).udp(1, 2).payload(9))).isNull();
        assertThat(offer(ethernet()
                        .ipv6(A6, B6)
                        .fragmentHeader(1, 0, false)
                        .udp(1, 2)
                        .payload(9)))
                .isNull();
        assertThat(count(FragmentCounter.FRAGMENTS)).isZero();
    }

    @Test
    void putsFragmentsInsideATunnelTogether() {
        byte[] transport = udp4(56);
        Packet inner = null;
        for (int i = 0; i < 2; i++) {
            Packet outer = ethernet()
                    .ipv4("192.0.2.1", "192.0.2.2")
                    .gre(0, "")
                    .ipv4(A4, B4)
                    .fragment(1, 32 * i, i == 0)
                    .protocol(17)
                    .payload(Arrays.copyOfRange(transport, 32 * i, 32 * i + 32))
                    .packet();
            decoder.decode(outer, LinkType.ETHERNET);
            inner = reassembler.offer(Objects.requireNonNull(outer.inner()), now);
        }
        assertWhole(inner, 56);
        assertThat(Objects.requireNonNull(inner).depth).isEqualTo(1);
    }

    // ---- what is hostile

    @Test
    void ignoresExactRepetition() {
        byte[] transport = udp4(56);
        offer(fragment4(1, 0, true, Arrays.copyOf(transport, 32)));
        assertThat(marked(fragment4(1, 0, true, Arrays.copyOf(transport, 32))).anomalies)
                .isZero();
        assertWhole(offer(fragment4(1, 32, false, Arrays.copyOfRange(transport, 32, 64))), 56);
        assertThat(count(FragmentCounter.OVERLAP_SAME)).isEqualTo(1);

        byte[] six = udp6(56);
        offer(fragment6(1, 0, true, Arrays.copyOf(six, 32)));
        assertThat(marked(fragment6(1, 0, true, Arrays.copyOf(six, 32))).anomalies)
                .isZero();
        assertWhole(offer(fragment6(1, 32, false, Arrays.copyOfRange(six, 32, 64))), 56);
    }

    @Test
    void reportsConflictingOverlapOnFragmentAndDatagram() {
        byte[] transport = udp4(56);
        offer(fragment4(1, 0, true, Arrays.copyOf(transport, 32)));
        assertThat(marked(fragment4(1, 8, true, filled(24, 0xee))).has(DecodeAnomaly.FRAGMENT_OVERLAP))
                .isTrue();
        Packet whole = Objects.requireNonNull(offer(fragment4(1, 32, false, Arrays.copyOfRange(transport, 32, 64))));
        assertThat(whole.has(DecodeAnomaly.FRAGMENT_OVERLAP)).isTrue();
        assertThat(count(FragmentCounter.OVERLAP_DIFFERENT)).isEqualTo(1);
    }

    @Test
    void givesUpIpv6DatagramWithOverlap() {
        byte[] transport = udp6(56);
        offer(fragment6(1, 0, true, Arrays.copyOf(transport, 32)));
        Packet overlapping = marked(fragment6(1, 24, true, Arrays.copyOfRange(transport, 24, 40)));
        assertThat(overlapping.has(DecodeAnomaly.FRAGMENT_OVERLAP)).isTrue();
        assertThat(offer(fragment6(1, 32, false, Arrays.copyOfRange(transport, 32, 64))))
                .isNull();
        assertThat(count(FragmentCounter.DISCARDED)).isEqualTo(1);
        now += FragmentLimits.DEFAULT.timeoutNanos();
        reassembler.expire(now);
        assertThat(reassembler.datagrams()).isZero();
    }

    /** The six fragments of Shankar and Paxson, "Active Mapping" (2003), filled with their number: who wins each unit of eight octets. */
    @ParameterizedTest
    @CsvSource({
        "FIRST, 111422333666",
        "LAST, 144442555666",
        "BSD, 111442333666",
        "BSD_RIGHT, 144422555666",
        "LINUX, 111442555666",
        "WINDOWS, 111422333666",
        "SOLARIS, 111422333666"
    })
    void resolvesTheClassicOverlapsAsEachHostDoes(OverlapPolicy policy, String winners) {
        IpReassembler target = new IpReassembler(new FragmentLimits(4, 16, SECOND, policy), decoder);
        // fragment: first unit, units
        int[][] fragments = {{0, 3}, {4, 2}, {6, 3}, {1, 4}, {6, 3}, {9, 3}};
        Packet whole = null;
        for (int i = 0; i < fragments.length; i++) {
            byte[] octets = filled(8 * fragments[i][1], '1' + i);
            whole = offer(
                    target, fragment4(1, 8 * fragments[i][0], i < 5, octets).packet());
        }
        Packet packet = Objects.requireNonNull(whole);
        StringBuilder seen = new StringBuilder();
        for (int unit = 0; unit < 12; unit++) {
            seen.append((char) packet.u8(packet.ipOffset + packet.ipHeaderLength + 8L * unit));
        }
        assertThat(seen).hasToString(winners);
    }

    @Test
    void leavesTeardropOut() {
        byte[] transport = udp4(28);
        offer(fragment4(1, 0, true, Arrays.copyOf(transport, 32)));
        Packet tear = marked(fragment4(1, 24, false, filled(4, 0)));
        assertThat(tear.has(DecodeAnomaly.FRAGMENT_OVERLAP)).isTrue();
        assertThat(count(FragmentCounter.END_CONTRADICTED)).isEqualTo(1);
        assertThat(count(FragmentCounter.REASSEMBLED)).isZero();
    }

    @Test
    void leavesPingOfDeathOut() {
        Packet packet = marked(fragment4(1, 65528, false, filled(100, 0)));
        assertThat(packet.has(DecodeAnomaly.FRAGMENT_TOO_LARGE)).isTrue();
        assertThat(count(FragmentCounter.TOO_LARGE)).isEqualTo(1);
        assertThat(reassembler.datagrams()).isZero();
    }

    @Test
    void leavesDatagramOutThatOnlyItsHeaderMakesTooLarge() {
        byte[] tail = filled(65528 - 65488, 1);
        for (int at = 0; at < 65488; at += 1456) {
            int size = Math.min(1456, 65488 - at);
            byte[] octets = filled(size, 1);
            PacketBuilder fragment = at == 0
                    ? ethernet()
                            .ipv4(A4, B4)
                            .options("0101010101010101010101010101010101010101010101010101010101010101")
                    : ethernet().ipv4(A4, B4);
            offer(fragment.fragment(1, at, true).protocol(17).payload(octets));
        }
        assertThat(offer(fragment4(1, 65488, false, Arrays.copyOf(tail, 20)))).isNull();
        assertThat(count(FragmentCounter.TOO_LARGE)).isEqualTo(1);
        assertThat(reassembler.datagrams()).isZero();
    }

    @Test
    void leavesFragmentsOfImpossibleLengthOut() {
        assertThat(marked(fragment4(1, 8, true, filled(7, 0))).has(DecodeAnomaly.FRAGMENT_LENGTH_INVALID))
                .isTrue();
        assertThat(marked(fragment4(1, 8, false, new byte[0])).has(DecodeAnomaly.FRAGMENT_LENGTH_INVALID))
                .isTrue();
        assertThat(marked(fragment6(1, 8, true, filled(12, 0))).has(DecodeAnomaly.FRAGMENT_LENGTH_INVALID))
                .isTrue();
        assertThat(count(FragmentCounter.LENGTH_INVALID)).isEqualTo(3);
        assertThat(reassembler.datagrams()).isZero();
    }

    @Test
    void roundsIpv4FragmentDownToUnits() {
        byte[] transport = udp4(56);
        byte[] odd = Arrays.copyOf(transport, 37);
        assertThat(marked(fragment4(1, 0, true, odd)).has(DecodeAnomaly.FRAGMENT_LENGTH_INVALID))
                .isTrue();
        Packet whole = Objects.requireNonNull(offer(fragment4(1, 32, false, Arrays.copyOfRange(transport, 32, 64))));
        assertThat(whole.payloadLength).isEqualTo(56);
        assertThat(whole.has(DecodeAnomaly.UDP_CHECKSUM)).isFalse();
    }

    @Test
    void leavesFragmentsOutThatTheReceiverIgnores() {
        offer(ethernet()
                .ipv4(A4, B4)
                .fragment(1, 0, true)
                .spoil(10, "dead")
                .protocol(17)
                .payload(64));
        offer(ethernet()
                .ipv4(A4, B4)
                .fragment(1, 0, true)
                .patch(2, "0400")
                .protocol(17)
                .payload(64));
        assertThat(count(FragmentCounter.UNUSABLE)).isEqualTo(2);
        assertThat(reassembler.datagrams()).isZero();
    }

    // ---- limits

    @Test
    void givesUpDatagramWithTooManyFragments() {
        IpReassembler small = new IpReassembler(new FragmentLimits(4, 8, SECOND, OverlapPolicy.LINUX), decoder);
        for (int i = 0; i < 8; i++) {
            assertThat(offer(small, fragment4(1, 8 * i, true, filled(8, i)).packet()))
                    .isNull();
        }
        Packet ninth = fragment4(1, 64, false, filled(8, 9)).packet();
        assertThat(offer(small, ninth)).isNull();
        assertThat(ninth.has(DecodeAnomaly.FRAGMENT_LIMIT)).isTrue();
        assertThat(small.counters().get(FragmentCounter.TOO_MANY_FRAGMENTS)).isEqualTo(1);
        assertThat(offer(small, fragment4(1, 72, false, filled(8, 9)).packet())).isNull();
        assertThat(small.counters().get(FragmentCounter.TOO_MANY_FRAGMENTS)).isEqualTo(1);
    }

    @Test
    void boundsItsMemory() {
        assertThat(FragmentLimits.DEFAULT.bytesMax()).isLessThan(23L << 20);
    }

    @Test
    void givesTheOldestUpWhenFull() {
        IpReassembler small = new IpReassembler(new FragmentLimits(3, 8, SECOND, OverlapPolicy.LINUX), decoder);
        byte[] transport = udp4(56);
        byte[] head = Arrays.copyOf(transport, 32);
        byte[] tail = Arrays.copyOfRange(transport, 32, 64);
        for (int id = 1; id <= 4; id++) {
            Packet packet = fragment4(id, 0, true, head).packet();
            offer(small, packet);
            assertThat(packet.has(DecodeAnomaly.FRAGMENT_LIMIT)).isEqualTo(id == 4);
        }
        assertThat(small.datagrams()).isEqualTo(3);
        assertThat(small.counters().get(FragmentCounter.EVICTED)).isEqualTo(1);
        assertWhole(offer(small, fragment4(2, 32, false, tail).packet()), 56);
        assertWhole(offer(small, fragment4(3, 32, false, tail).packet()), 56);
        assertWhole(offer(small, fragment4(4, 32, false, tail).packet()), 56);
        assertThat(offer(small, fragment4(1, 32, false, tail).packet())).isNull();
    }

    @Test
    void forgetsWhatDoesNotBecomeWholeInTime() {
        byte[] transport = udp4(56);
        offer(fragment4(1, 0, true, Arrays.copyOf(transport, 32)));
        now += FragmentLimits.DEFAULT.timeoutNanos() - 1;
        reassembler.expire(now);
        assertThat(reassembler.datagrams()).isEqualTo(1);
        now++;
        assertThat(offer(fragment4(1, 32, false, Arrays.copyOfRange(transport, 32, 64))))
                .isNull();
        assertThat(count(FragmentCounter.TIMED_OUT)).isEqualTo(1);
        assertThat(reassembler.datagrams()).isEqualTo(1);
    }

    @Test
    void survivesAFloodWithItsTableIntact() {
        IpReassembler small = new IpReassembler(new FragmentLimits(16, 8, SECOND, OverlapPolicy.LINUX), decoder);
        Random random = new Random(99);
        byte[] transport = udp4(56);
        for (int i = 0; i < 5000; i++) {
            now += random.nextInt(20_000_000);
            int id = random.nextInt(40);
            boolean first = random.nextBoolean();
            byte[] part = first ? Arrays.copyOf(transport, 32) : Arrays.copyOfRange(transport, 32, 64);
            Packet whole =
                    offer(small, fragment4(id, first ? 0 : 32, first, part).packet());
            if (whole != null) {
                assertWhole(whole, 56);
            }
            assertThat(small.datagrams()).isLessThanOrEqualTo(16);
        }
        assertThat(small.counters().get(FragmentCounter.REASSEMBLED)).isGreaterThan(500);
        small.expire(now + 2 * SECOND);
        assertThat(small.datagrams()).isZero();
    }

    @Test
    void resultSurvivesWhatIsInsideOfIt() {
        // fragments of an outer datagram whose tunnel holds a fragment: the outer result must stay while the inner is
        // offered
        byte[] innerFirst = PacketBuilder.raw()
                .ipv4(A4, B4)
                .fragment(1, 0, true)
                .protocol(17)
                .payload(Arrays.copyOf(udp4(56), 32))
                .bytes();
        byte[] greHeader = {0, 0, 8, 0};
        byte[] datagram = PacketBuilder.join(greHeader, innerFirst);
        offer(ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .fragment(2, 0, true)
                .protocol(IpProtocol.GRE)
                .payload(Arrays.copyOf(datagram, 32)));
        Packet outer = Objects.requireNonNull(offer(ethernet()
                .ipv4("192.0.2.1", "192.0.2.2")
                .fragment(2, 32, false)
                .protocol(IpProtocol.GRE)
                .payload(Arrays.copyOfRange(datagram, 32, datagram.length))));
        MemorySegment before = MemorySegment.ofArray(
                outer.segment().asSlice(0, outer.frameLength).toArray(ValueLayout.JAVA_BYTE));
        assertThat(reassembler.offer(Objects.requireNonNull(outer.inner()), now))
                .isNull();
        assertThat(outer.segment().asSlice(0, outer.frameLength).mismatch(before))
                .isEqualTo(-1);
    }
}
