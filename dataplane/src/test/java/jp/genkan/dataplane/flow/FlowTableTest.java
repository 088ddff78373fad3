package jp.genkan.dataplane.flow;

import static jp.genkan.core.frame.Packet.ACK;
import static jp.genkan.core.frame.Packet.FIN;
import static jp.genkan.core.frame.Packet.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowTableTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int STAGES = 3;

    private final Segments segments = new Segments();
    private final TcpTracker tracker = new TcpTracker();
    private FlowTable table = new FlowTable(FlowLimits.withFlowsMax(1_024), STAGES, 1, 42);

    @AfterEach
    void close() {
        table.close();
    }

    private FlowView found(Packet packet, long nanos) {
        FlowView flow = Objects.requireNonNull(table.find(packet, nanos));
        if (packet.ipProtocol == FlowRecord.TCP) {
            tracker.track(flow, packet);
        }
        return flow;
    }

    private void establish(int client, int clientPort, long nanos) {
        found(segments.tcp(true, client, clientPort, Segments.SERVER, 80, SYN, 100, 0, 1_000), nanos);
        found(segments.tcp(false, client, clientPort, Segments.SERVER, 80, SYN | ACK, 300, 101, 1_000), nanos);
        found(segments.tcp(true, client, clientPort, Segments.SERVER, 80, ACK, 101, 301, 1_000), nanos);
    }

    @Test
    void bothDirectionsAreOneFlowAndTheSenderOfTheFirstPacketIsTheClient() {
        FlowView flow = found(segments.udp(true, Segments.CLIENT, 5_000, Segments.SERVER, 53, 30), 0);
        long id = flow.id();
        assertThat(flow.isNew()).isTrue();
        assertThat(flow.toServer()).isTrue();
        assertThat(flow.state()).isEqualTo(FlowState.NEW);

        flow = found(segments.udp(false, Segments.CLIENT, 5_000, Segments.SERVER, 53, 90), 1);
        assertThat(flow.id()).isEqualTo(id);
        assertThat(flow.isNew()).isFalse();
        assertThat(flow.toServer()).isFalse();
        assertThat(flow.clientPort()).isEqualTo(5_000);
        assertThat(flow.serverPort()).isEqualTo(53);
        assertThat(flow.clientLow() & 0xffff_ffffL).isEqualTo(Segments.CLIENT);
        assertThat(flow.clientSide()).isEqualTo(Side.INSIDE);
        assertThat(flow.state()).isEqualTo(FlowState.ESTABLISHED);
        assertThat(flow.packetsToServer()).isEqualTo(1);
        assertThat(flow.bytesToServer()).isEqualTo(14 + 20 + 8 + 30);
        assertThat(flow.bytesToClient()).isEqualTo(14 + 20 + 8 + 90);
        assertThat(table.flows()).isEqualTo(1);
    }

    @Test
    void senderOfTheSynAckIsTheServer() {
        FlowView flow = found(segments.tcp(false, SYN | ACK, 300, 101, 1_000), 0);
        assertThat(flow.toServer()).isFalse();
        assertThat(flow.isMidstream()).isTrue();
        assertThat(flow.serverPort()).isEqualTo(80);
        assertThat(flow.clientSide()).isEqualTo(Side.INSIDE);
    }

    @Test
    void senderOfADnsAnswerWhoseQuestionWasMissedIsTheServer() {
        FlowView flow = found(segments.udp(false, 1, 5_000, 2, 53, 90), 0);
        assertThat(flow.toServer()).isFalse();
        assertThat(flow.serverPort()).isEqualTo(53);
        assertThat(found(segments.udp(true, 1, 5_000, 2, 53, 30), 1).toServer()).isTrue();
    }

    @Test
    void vlansAndPppoeSessionsSeparateFlows() {
        Set<Long> ids = new HashSet<>();
        for (int vlan = 0; vlan < 3; vlan++) {
            for (int session = 0; session < 2; session++) {
                Packet packet = segments.udp(true, 1, 2, 3, 4, 5);
                packet.vlanIds = vlan;
                packet.pppoeSession = session == 0 ? Packet.NONE : session;
                ids.add(found(packet, 0).id());
            }
        }
        assertThat(ids).hasSize(6);
    }

    @Test
    void echoRequestAndReplyAreOneFlowAndErrorsNameTheFlowTheyQuote() {
        FlowView flow = found(segments.icmp(true, 1, 2, 8, 0, (byte) 0x12, (byte) 0x34, (byte) 0, (byte) 1), 0);
        long echo = flow.id();
        flow = found(segments.icmp(false, 1, 2, 0, 0, (byte) 0x12, (byte) 0x34, (byte) 0, (byte) 1), 0);
        assertThat(flow.id()).isEqualTo(echo);
        assertThat(flow.replyIcmpType()).isZero();
        flow = found(segments.icmp(true, 1, 2, 8, 0, (byte) 0x12, (byte) 0x35, (byte) 0, (byte) 1), 0);
        assertThat(flow.id()).isNotEqualTo(echo);

        long udp = found(segments.udp(true, 1, 5_000, 2, 53, 0), 0).id();
        byte[] quote = new byte[4 + 28];
        Packet quoted = segments.udp(true, 1, 5_000, 2, 53, 0);
        quote[4] = 0x45;
        quote[13] = 17;
        quote[19] = 1; // source address 0.0.0.1
        quote[23] = 2;
        quote[24] = (byte) (quoted.sourcePort >> 8);
        quote[25] = (byte) quoted.sourcePort;
        quote[27] = 53;
        flow = found(segments.icmp(false, 1, 2, 3, 3, quote), 0);
        assertThat(flow.relatedFlowId()).isEqualTo(udp);
        assertThat(flow.id()).isNotEqualTo(udp);
        assertThat(flow.clientPort()).as("ICMP type").isEqualTo(3);
    }

    @Test
    void packetsThatHaveNoFlowAreCounted() {
        Packet none = segments.udp(true, 1, 2, 3, 4, 5);
        none.ipVersion = 0;
        assertThat(table.find(none, 0)).isNull();
        Packet fragment = segments.udp(true, 1, 2, 3, 4, 5);
        fragment.fragmentMore = true;
        assertThat(table.find(fragment, 0)).isNull();
        Packet cut = segments.tcp(true, SYN, 1, 0, 10);
        cut.transportOffset = Packet.NONE;
        assertThat(table.find(cut, 0)).isNull();
        assertThat(table.counters().get(FlowCounter.NO_IP)).isEqualTo(1);
        assertThat(table.counters().get(FlowCounter.NO_FLOW_FRAGMENT)).isEqualTo(1);
        assertThat(table.counters().get(FlowCounter.NO_FLOW_MALFORMED)).isEqualTo(1);
        assertThat(table.flows()).isZero();
    }

    @Test
    void firstRightChecksumDecidesWhoTheClientIs() {
        Packet spoofed = segments.udp(false, 1, 1_000, 2, 53, 100);
        spoofed.mark(DecodeAnomaly.UDP_CHECKSUM);
        FlowView flow = found(spoofed, 0);
        assertThat(flow.clientPort()).isEqualTo(53);
        flow = found(segments.udp(true, 1, 1_000, 2, 53, 20), 0);
        assertThat(flow.toServer()).isTrue();
        assertThat(flow.clientPort()).isEqualTo(1_000);
        assertThat(flow.packetsToServer()).isEqualTo(1);
        assertThat(flow.packetsToClient()).isEqualTo(1);
        assertThat(flow.bytesToClient()).isEqualTo(142);
        assertThat(table.flows()).isEqualTo(1);
    }

    @Test
    void slotsSettlingAndStreamRequestsAreKept() {
        FlowView flow = found(segments.tcp(true, SYN, 1, 0, 10), 0);
        flow.slot(2, 77);
        flow.requestStream(1);
        flow.settle(0);
        assertThat(flow.isSettled()).isFalse();
        assertThat(flow.wantedStreamMask()).isEqualTo(0b010);
        flow.settle(1);
        flow.settle(2);
        assertThat(flow.isSettled()).isTrue();
        assertThat(flow.wantedStreamMask()).isZero();
        table.unsettleAll();
        assertThat(flow.settledMask()).isZero();
        assertThat(flow.wantedStreamMask()).isEqualTo(0b010);
        assertThat(flow.slot(2)).isEqualTo(77);
        assertThat(flow.slot(1)).isZero();
    }

    @Test
    void silentFlowsEndWhenTheirStateSays() {
        List<String> ended = new ArrayList<>();
        FlowEndListener listener =
                flow -> ended.add(flow.protocol() + " " + flow.state().eveName() + " " + flow.endReason());
        found(segments.udp(true, 1, 1, 2, 2, 0), 0);
        found(segments.udp(true, 1, 3, 2, 4, 0), 0);
        found(segments.udp(false, 1, 3, 2, 4, 0), 0);
        found(segments.tcp(true, 1, 9, 2, 80, SYN, 5, 0, 10), 0);
        establish(7, 7, 0);
        found(segments.other(true, 1, 2, 47), 0);
        assertThat(table.expire(29 * SECOND, listener, 100)).isZero();
        table.expire(30 * SECOND, listener, 100);
        assertThat(ended).containsExactlyInAnyOrder("17 new TIMEOUT", "47 new TIMEOUT");
        ended.clear();
        table.expire(60 * SECOND, listener, 100);
        assertThat(ended).containsExactly("6 new TIMEOUT");
        ended.clear();
        table.expire(300 * SECOND, listener, 100);
        assertThat(ended).containsExactly("17 established TIMEOUT");
        ended.clear();
        table.expire(600 * SECOND, listener, 100);
        assertThat(ended).containsExactly("6 established TIMEOUT");
        assertThat(table.flows()).isZero();
    }

    @Test
    void packetOfAFlowThatWasSilentTooLongBeginsANewOne() {
        long first = found(segments.udp(true, 1, 1, 2, 2, 0), 0).id();
        long second = found(segments.udp(false, 1, 1, 2, 2, 0), 31 * SECOND).id();
        assertThat(second).isNotEqualTo(first);
        List<Long> ended = new ArrayList<>();
        table.expire(31 * SECOND, flow -> ended.add(flow.id()), 10);
        assertThat(ended).containsExactly(first);
    }

    @Test
    void synAfterBothHaveClosedBeginsANewFlow() {
        establish(Segments.CLIENT, 40_000, 0);
        found(segments.tcp(true, FIN | ACK, 101, 301, 1_000), 1);
        found(segments.tcp(false, FIN | ACK, 301, 102, 1_000), 2);
        FlowView flow = found(segments.tcp(true, ACK, 102, 302, 1_000), 3);
        assertThat(flow.tcpState()).isEqualTo(TcpState.CLOSED);
        long first = flow.id();
        flow = found(segments.tcp(true, SYN, 9_000, 0, 1_000), 4);
        assertThat(flow.id()).isNotEqualTo(first);
        assertThat(flow.isMidstream()).isFalse();
        List<EndReason> reasons = new ArrayList<>();
        table.expire(5, ended -> reasons.add(ended.endReason()), 10);
        assertThat(reasons).containsExactly(EndReason.TCP_REUSE);
    }

    @Test
    void serverThatLostItsStateAndAnswersTheSecondSynBeginsANewFlow() {
        establish(Segments.CLIENT, 40_000, 0);
        long first = found(segments.tcp(true, SYN, 9_000, 0, 1_000), 1).id();
        FlowView flow = found(segments.tcp(false, SYN | ACK, 77_000, 9_001, 1_000), 2);
        assertThat(flow.id()).isNotEqualTo(first);
        assertThat(flow.toServer()).isFalse();
    }

    @Test
    void workOfOneCallToExpireIsBounded() {
        for (int i = 0; i < 100; i++) {
            found(segments.udp(true, i, 1, 2, 2, 0), 0);
        }
        int[] told = {0};
        assertThat(table.expire(100 * SECOND, flow -> told[0]++, 7)).isEqualTo(7);
        assertThat(told[0]).isEqualTo(7);
        while (table.expire(100 * SECOND, flow -> told[0]++, 7) > 0) {
            assertThat(told[0]).isLessThanOrEqualTo(100);
        }
        assertThat(told[0]).isEqualTo(100);
    }

    @Test
    void idsTellTheWorkerAreReproducibleAndFitADouble() {
        try (FlowTable first = new FlowTable(FlowLimits.withFlowsMax(16), 0, 255, 7);
                FlowTable again = new FlowTable(FlowLimits.withFlowsMax(16), 0, 255, 7)) {
            FlowView flow = Objects.requireNonNull(first.find(segments.udp(true, 1, 1, 2, 2, 0), 0));
            FlowView same = Objects.requireNonNull(again.find(segments.udp(true, 1, 1, 2, 2, 0), 0));
            assertThat(flow.id()).isEqualTo(same.id()).isPositive().isLessThan(1L << 53);
            assertThat(flow.id() >>> 44).isEqualTo(255);
        }
    }

    @Test
    void agreesWithAHashMapOnAMillionPackets() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        table.close();
        table = new FlowTable(FlowLimits.withFlowsMax(4_096), STAGES, 0, seed);
        Map<String, long[]> oracle = new HashMap<>(); // key → id, packets, last second
        Map<Long, String> keyOf = new HashMap<>();
        FlowEndListener listener = flow -> {
            String key = keyOf.remove(flow.id());
            long[] entry = Objects.requireNonNull(oracle.remove(key), () -> "seed " + seed);
            assertThat(flow.packetsToServer() + flow.packetsToClient())
                    .as("seed %d", seed)
                    .isEqualTo(entry[1]);
        };
        long nanos = 0;
        for (int i = 0; i < 1_000_000; i++) {
            nanos += random.nextInt(2_000_000);
            int client = random.nextInt(30);
            int port = random.nextInt(40);
            boolean toServer = random.nextBoolean();
            table.expire(nanos, listener, 16);
            Packet packet = random.nextInt(3) == 0
                    ? segments.other(toServer, client, 99, 100 + port)
                    : segments.udp(toServer, client, port, 99, 77, 0);
            String key = packet.ipProtocol + ":" + client + ":" + (packet.ipProtocol == 17 ? port : 0);
            FlowView flow = Objects.requireNonNull(table.find(packet, nanos));
            long[] entry = oracle.get(key);
            if (entry == null || entry[0] != flow.id()) {
                table.expire(nanos, listener, 16);
                assertThat(oracle).as("seed %d: the old flow has ended", seed).doesNotContainKey(key);
                entry = new long[] {flow.id(), 0};
                oracle.put(key, entry);
                keyOf.put(flow.id(), key);
                assertThat(flow.isNew()).isTrue();
            }
            entry[1]++;
            assertThat(table.flows()).isEqualTo(oracle.size());
        }
        table.endAll(listener);
        assertThat(oracle).as("seed %d", seed).isEmpty();
        assertThat(table.flows()).isZero();
    }

    @Test
    void establishedFlowsSurviveAFloodOfAMillionSpoofedSyns() {
        table.close();
        table = new FlowTable(FlowLimits.withFlowsMax(16_384), STAGES, 0, 5);
        Map<Integer, Long> ids = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            establish(0x0a000000 + i, 2_000 + i, 0);
        }
        for (int i = 0; i < 1_000; i++) {
            ids.put(
                    i,
                    found(segments.tcp(true, 0x0a000000 + i, 2_000 + i, Segments.SERVER, 80, ACK, 101, 301, 1_000), 1)
                            .id());
        }
        Random random = new Random(1);
        long nanos = SECOND;
        int[] told = {0};
        for (int i = 0; i < 1_000_000; i++) {
            nanos += 1_000;
            int spoofed = random.nextInt() | 0x4000_0000;
            Packet syn = segments.tcp(
                    true, spoofed, random.nextInt(65_536), Segments.SERVER, 80, SYN, random.nextInt(), 0, 1_000);
            FlowView half = table.find(syn, nanos);
            if (half != null) {
                tracker.track(half, syn);
            }
            if ((i & 63) == 0) {
                table.expire(nanos, flow -> told[0]++, 128);
            }
        }
        for (int i = 0; i < 1_000; i++) {
            FlowView flow = found(
                    segments.tcp(true, 0x0a000000 + i, 2_000 + i, Segments.SERVER, 80, ACK, 101, 301, 1_000), nanos);
            assertThat(flow.id()).isEqualTo(ids.get(i));
            assertThat(flow.tcpState()).isEqualTo(TcpState.ESTABLISHED);
        }
        establish(0x0b000001, 1_234, nanos);
        assertThat(found(segments.tcp(true, 0x0b000001, 1_234, Segments.SERVER, 80, ACK, 101, 301, 1_000), nanos)
                        .tcpState())
                .as("a new connection in the middle of the flood")
                .isEqualTo(TcpState.ESTABLISHED);
        assertThat(table.flows()).isEqualTo(16_384);
        assertThat(table.counters().get(FlowCounter.EVICTED_UNESTABLISHED)).isGreaterThan(980_000);
        assertThat(table.counters().get(FlowCounter.EVICTED_ESTABLISHED)).isZero();
        assertThat(table.counters().get(FlowCounter.EMERGENCY_BEGUN)).isEqualTo(1);
        assertThat(table.counters().get(FlowCounter.REFUSED_BACKLOG)).isZero();
    }

    @Test
    void newFlowsFindRoomInATableOfEstablishedOnes() {
        table.close();
        table = new FlowTable(FlowLimits.withFlowsMax(160), STAGES, 0, 5);
        for (int i = 0; i < 400; i++) {
            establish(i, 1_000, i * 1_000_000_000L / 10);
            table.expire(0, flow -> {}, 10);
        }
        assertThat(table.flows()).isEqualTo(160);
        assertThat(table.counters().get(FlowCounter.EVICTED_ESTABLISHED)).isPositive();
        FlowView last = found(segments.tcp(true, 399, 1_000, Segments.SERVER, 80, ACK, 101, 301, 1_000), 40 * SECOND);
        assertThat(last.isNew()).isFalse();
    }

    @Test
    void flowsThatWaitToBeToldAreNeverLost() {
        table.close();
        table = new FlowTable(new FlowLimits(16, 16, FlowTimeouts.DEFAULT, FlowTimeouts.EMERGENCY), 0, 0, 5);
        int begun = 0;
        for (int i = 0; i < 100; i++) {
            begun += table.find(segments.udp(true, i, 1, 2, 2, 0), i) == null ? 0 : 1;
        }
        assertThat(begun).isEqualTo(32);
        assertThat(table.counters().get(FlowCounter.REFUSED_BACKLOG)).isEqualTo(68);
        int[] told = {0};
        table.endAll(flow -> told[0]++);
        assertThat(told[0]).isEqualTo(32);
        assertThat(table.find(segments.udp(true, 1, 1, 2, 2, 0), 0)).isNotNull();
    }

    @Test
    void hundredThousandLiveFlowsFitTheStatedMemory() {
        FlowLimits limits = FlowLimits.defaults();
        assertThat(FlowRecord.bytes(8))
                .as("octets of an idle flow with eight stages")
                .isLessThanOrEqualTo(448);
        assertThat(limits.memoryBytes(8)).isLessThan(62_000_000);
        try (FlowTable large = new FlowTable(limits, 8, 0, 1)) {
            for (int i = 0; i < 100_000; i++) {
                assertThat(large.find(segments.udp(true, i, 1, 2, 2, 0), 0)).isNotNull();
            }
            assertThat(large.flows()).isEqualTo(100_000);
            assertThat(large.memoryBytes()).isEqualTo(limits.memoryBytes(8));
        }
    }

    @Test
    void allocatesNothingPerPacket() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        FlowEndListener listener = flow -> {};
        long thread = Thread.currentThread().threadId();
        long measuring = 64; // the measuring call itself
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20 && least > measuring; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            steadyState(listener);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(least).as("octets for 20,000 packets").isLessThanOrEqualTo(measuring);
    }

    private void steadyState(FlowEndListener listener) {
        Packet packet = segments.tcp(true, ACK, 101, 301, 1_000);
        for (int i = 0; i < 20_000; i++) {
            packet.sourceLow = packet.sourceLow & ~0xffL | i & 0xff;
            packet.sourcePort = i % 5_000;
            FlowView flow = table.find(packet, i);
            if (flow != null) {
                tracker.track(flow, packet);
            }
            if ((i & 31) == 0) {
                table.expire(i, listener, 64);
            }
        }
    }
}
