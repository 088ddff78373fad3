package jp.genkan.dataplane.stream;

import static jp.genkan.core.frame.Packet.ACK;
import static jp.genkan.core.frame.Packet.FIN;
import static jp.genkan.core.frame.Packet.PSH;
import static jp.genkan.core.frame.Packet.RST;
import static jp.genkan.core.frame.Packet.SYN;
import static jp.genkan.core.frame.Packet.URG;
import static jp.genkan.dataplane.stream.StreamBench.TO_CLIENT;
import static jp.genkan.dataplane.stream.StreamBench.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.StreamAnomaly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inline reassembly, by name: ordinary life, and the tricks of Ptacek and Newsham ("Insertion, Evasion, and Denial of Service", 1998) and of RFC
 * 5961. {@link InlineStreamPropertyTest} covers what nobody has thought of.
 */
class StreamReassemblerTest {
    private static final int C = 1_000; // the client's first octet
    private static final int S = 9_000; // the server's

    private StreamBench bench = StreamBench.inline();

    @AfterEach
    void close() {
        bench.close();
    }

    private void open() {
        bench.open(C - 1, S - 1);
    }

    private StreamAction client(int offset, String payload) {
        return bench.send(TO_SERVER, ACK, C + offset, S, payload);
    }

    private StreamAction serverAcknowledges(int offset) {
        return bench.send(TO_CLIENT, ACK, S, C + offset);
    }

    private void forwarded(StreamAction action) {
        assertThat(action).isEqualTo(StreamAction.FORWARD);
    }

    private void dropped(StreamAction action, DropReason reason) {
        assertThat(action).isEqualTo(StreamAction.DROP);
        assertThat(bench.dropReason()).isEqualTo(reason);
    }

    @Nested
    class OrdinaryLife {
        @Test
        void bothDirectionsAreInspectedInOrder() {
            open();
            forwarded(client(0, "GET "));
            forwarded(client(4, "/"));
            forwarded(bench.send(TO_CLIENT, ACK, S, C + 5, "200 OK"));
            assertThat(bench.inspectedToServer()).isEqualTo("GET /");
            assertThat(bench.inspectedToClient()).isEqualTo("200 OK");
        }

        @Test
        void nothingIsInspectedWhenNobodyAsked() {
            bench.unwanted();
            open();
            forwarded(client(0, "abc"));
            forwarded(client(0, "xyz"));
            assertThat(bench.inspectedToServer()).isEmpty();
            assertThat(bench.reassembler.freeBytes()).isEqualTo(bench.reassembler.memoryBytes());
        }

        @Test
        void segmentBeyondAGapIsForwardedAndInspectedWhenTheGapFills() {
            open();
            forwarded(client(3, "def"));
            assertThat(bench.inspectedToServer()).isEmpty();
            forwarded(client(9, "jkl"));
            forwarded(client(0, "abc"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcdef");
            forwarded(client(6, "ghi"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcdefghijkl");
        }

        @Test
        void identicalOverlapsPass() {
            open();
            forwarded(client(0, "abcd"));
            forwarded(client(2, "cdef"));
            forwarded(client(8, "ij"));
            forwarded(client(4, "efghijkl"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcdefghijkl");
        }

        @Test
        void dataInTheSynIsInspected() {
            forwarded(bench.send(TO_SERVER, SYN, C - 1, 0, "fast"));
            assertThat(bench.inspectedToServer()).isEqualTo("fast");
            forwarded(bench.send(TO_CLIENT, SYN | ACK, S - 1, C));
            dropped(bench.send(TO_SERVER, ACK, C, S, "evil"), DropReason.STREAM_OVERLAP);
            forwarded(bench.send(TO_SERVER, ACK, C, S, "fast open"));
            assertThat(bench.inspectedToServer()).isEqualTo("fast open");
        }

        @Test
        void dataWithTheFinIsInspected() {
            open();
            forwarded(bench.send(TO_SERVER, ACK | FIN, C + 3, S, "end"));
            forwarded(client(0, "the"));
            assertThat(bench.inspectedToServer()).isEqualTo("theend");
            forwarded(bench.send(TO_CLIENT, ACK | FIN, S, C + 7));
            forwarded(bench.send(TO_SERVER, ACK, C + 7, S + 1));
        }

        @Test
        void keepAlivesAndWindowProbesPass() {
            open();
            forwarded(client(0, "abc"));
            serverAcknowledges(3);
            forwarded(client(2, ""));
            forwarded(client(2, "?"));
            bench.send(bench.segments.tcp(TO_CLIENT, ACK, S, C + 3, 0));
            forwarded(client(3, "d"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcd");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, -2, -5, -700, Integer.MAX_VALUE - 3})
        void sequenceNumbersMayWrap(int isn) {
            bench.open(isn, 77);
            for (int i = 0; i < 10; i += 2) {
                forwarded(bench.send(TO_SERVER, ACK, isn + 1 + (i + 1) * 100, 78, "b".repeat(100)));
                forwarded(bench.send(TO_SERVER, ACK, isn + 1 + i * 100, 78, "a".repeat(100)));
                forwarded(bench.send(TO_CLIENT, ACK, 78, isn + 1 + (i + 2) * 100));
            }
            assertThat(bench.inspectedToServer()).hasSize(1_000);
        }

        @Test
        void superFramesAreSegmentsLikeOthers() {
            bench.close();
            bench = new StreamBench(new StreamReassembler(StreamMode.INLINE));
            bench.send(bench.segments.options(3, 3, 7, 0).tcp(TO_SERVER, SYN, C - 1, 0, 60_000));
            bench.send(bench.segments.options(3, 3, 7, 0).tcp(TO_CLIENT, SYN | ACK, S - 1, C, 60_000));
            bench.send(TO_SERVER, ACK, C, S);
            byte[] large = new byte[65_000];
            Arrays.fill(large, (byte) 'x');
            forwarded(bench.send(TO_CLIENT, ACK, S + 65_000, C, large));
            forwarded(bench.send(TO_CLIENT, ACK, S, C, large));
            forwarded(bench.send(TO_CLIENT, ACK, S + 1_460, C, Arrays.copyOf(large, 1_460)));
            large[64_999] = 'y';
            dropped(bench.send(TO_CLIENT, ACK, S, C, large), DropReason.STREAM_OVERLAP);
            assertThat(bench.inspectedToClient()).hasSize(130_000);
        }

        @Test
        void acknowledgedOctetsAreReleased() {
            open();
            for (int i = 0; i < 100; i++) {
                forwarded(client(i * 1_000, "z".repeat(1_000)));
                serverAcknowledges((i + 1) * 1_000);
            }
            assertThat(bench.reassembler.freeBytes()).isEqualTo(bench.reassembler.memoryBytes());
        }

        @Test
        void connectionPickedUpInItsMiddleIsInspectedFromTheLastAcknowledgment() {
            forwarded(bench.send(TO_CLIENT, ACK, S, C)); // from a system port, and so the server
            forwarded(client(5, "fgh"));
            forwarded(client(0, "abcde"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcdefgh");
        }
    }

    @Nested
    class Evasion {
        @Test
        void dropsRetransmissionThatDiffersFromWhatWasInspected() {
            open();
            forwarded(client(0, "harmless"));
            dropped(client(0, "exploit!"), DropReason.STREAM_OVERLAP);
            dropped(client(4, "EVIL and more"), DropReason.STREAM_OVERLAP);
            assertThat(bench.reassembler.tracker().anomalies() & StreamAnomaly.OVERLAP_DIFFERENT.bit())
                    .isNotZero();
            forwarded(client(4, "less and more"));
            assertThat(bench.inspectedToServer()).isEqualTo("harmless and more");
        }

        @Test
        void dropsConflictsBeyondAGapFromBothSides() {
            open();
            forwarded(client(10, "klmno"));
            dropped(client(8, "ijX"), DropReason.STREAM_OVERLAP);
            dropped(client(14, "Xp"), DropReason.STREAM_OVERLAP);
            dropped(client(8, "ijklmXop"), DropReason.STREAM_OVERLAP);
            dropped(client(0, "abcdefghijX"), DropReason.STREAM_OVERLAP);
            forwarded(client(0, "abcdefghijk"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcdefghijklmno");
        }

        @Test
        void segmentThatDiesBehindTheBoxCannotBeReplaced() {
            open();
            forwarded(client(0, "a")); // its TTL ends at the router behind the box
            dropped(client(0, "b"), DropReason.STREAM_OVERLAP);
            serverAcknowledges(1);
            forwarded(client(0, "c")); // the receiver has it: it ignores whatever comes there
            assertThat(bench.inspectedToServer()).isEqualTo("a");
        }

        @Test
        void wrongChecksumIsForwardedAndNeverLookedAt() {
            open();
            Packet wrong = bench.segments.tcp(TO_SERVER, ACK, C, S, 1_000, (byte) 'x');
            wrong.mark(DecodeAnomaly.TCP_CHECKSUM);
            forwarded(bench.send(wrong));
            forwarded(client(0, "a"));
            assertThat(bench.inspectedToServer()).isEqualTo("a");
        }

        @Test
        void dropsWhatTheReceiverWouldIgnore() {
            open();
            dropped(bench.send(TO_SERVER, PSH, C, 0, "no ack"), DropReason.STREAM_WINDOW);
            dropped(bench.send(TO_SERVER, 0, C, 0, "null"), DropReason.STREAM_WINDOW);
            dropped(client(200_000, "far"), DropReason.STREAM_WINDOW);
            dropped(bench.send(TO_SERVER, ACK, C, S + 100_000, "ack ahead"), DropReason.STREAM_WINDOW);
            dropped(bench.send(TO_SERVER, ACK, C, S - 100_000, "ack behind"), DropReason.STREAM_WINDOW);
            assertThat(bench.inspectedToServer()).isEmpty();
        }

        @Test
        void dropsInexactResetAndGoesOnInspecting() {
            open();
            dropped(bench.send(TO_SERVER, RST, C + 50, 0), DropReason.STREAM_RESET);
            forwarded(client(0, "abc"));
            assertThat(bench.inspectedToServer()).isEqualTo("abc");
        }

        @Test
        void exactResetThatDiesBehindTheBoxDoesNotEndInspection() {
            open();
            forwarded(bench.send(TO_SERVER, RST, C, 0));
            forwarded(client(0, "still here"));
            assertThat(bench.inspectedToServer()).isEqualTo("still here");
            assertThat(bench.reassembler.tracker().anomalies() & StreamAnomaly.SUSPECTED_RST_INJECT.bit())
                    .isNotZero();
        }

        @Test
        void resetAndSynThatDieBehindTheBoxDoNotHideTheOldConnection() {
            open();
            forwarded(bench.send(TO_SERVER, RST, C, 0));
            forwarded(bench.send(TO_SERVER, SYN, C - 1 - 3, 0));
            dropped(client(0, "unseen"), DropReason.STREAM_WINDOW);
            assertThat(bench.inspectedToServer()).isEmpty();
        }

        @Test
        void synInAnEstablishedConnectionMovesNothing() {
            open();
            forwarded(bench.send(TO_SERVER, SYN, C + 500, 0));
            dropped(bench.send(TO_SERVER, SYN, C + 700, 0, "data"), DropReason.STREAM_WINDOW);
            forwarded(client(0, "abc"));
            assertThat(bench.inspectedToServer()).isEqualTo("abc");
        }

        @Test
        void dropsOctetsBehindAFinAndAFinBeforeOctets() {
            open();
            forwarded(bench.send(TO_SERVER, ACK | FIN, C, S, "ab")); // dies behind the box
            dropped(client(2, "cd"), DropReason.STREAM_OVERLAP);
            dropped(bench.send(TO_SERVER, ACK | FIN, C, S, "a"), DropReason.STREAM_OVERLAP);
            forwarded(client(0, "ab"));
            bench.endAll();
            bench.open(5_000, 6_000);
            forwarded(bench.send(TO_SERVER, ACK, 5_010, 6_001, "later"));
            dropped(bench.send(TO_SERVER, ACK | FIN, 5_001, 6_001, "x"), DropReason.STREAM_OVERLAP);
        }

        @Test
        void handshakeWithTheWrongAcknowledgmentBringsNoData() {
            bench.send(TO_SERVER, SYN, C - 1, 0);
            bench.send(TO_CLIENT, SYN | ACK, S - 1, C);
            dropped(bench.send(TO_SERVER, ACK, C, S + 7, "insertion"), DropReason.STREAM_WINDOW);
            forwarded(bench.send(TO_SERVER, ACK, C, S, "real"));
            assertThat(bench.inspectedToServer()).isEqualTo("real");
        }

        @Test
        void twoSynsAndTheAnswerDecides() {
            bench.send(TO_SERVER, SYN, C - 1, 0);
            bench.send(TO_SERVER, SYN, C + 70_000, 0);
            forwarded(bench.send(TO_CLIENT, SYN | ACK, S - 1, C));
            forwarded(bench.send(TO_SERVER, ACK, C, S, "first"));
            assertThat(bench.inspectedToServer()).isEqualTo("first");
        }

        @Test
        void frameFromTheWrongSideChangesNothing() {
            open();
            Packet spoofed = bench.segments.tcp(TO_SERVER, ACK, C, S, 1_000, (byte) 'x');
            spoofed.side = Side.OUTSIDE;
            forwarded(bench.send(spoofed));
            forwarded(client(0, "a"));
            assertThat(bench.inspectedToServer()).isEqualTo("a");
        }

        @Test
        void acknowledgmentOfOctetsNeverSentSkipsNothing() {
            open();
            forwarded(serverAcknowledges(500));
            assertThat(bench.gapBytes).isZero();
            forwarded(client(0, "still inspected"));
            assertThat(bench.inspectedToServer()).isEqualTo("still inspected");
        }
    }

    @Nested
    class Verdicts {
        @Test
        void blockedSegmentStaysBlockedHoweverItIsSentAgain() {
            open();
            forwarded(client(0, "good"));
            bench.verdict = Verdict.DROP;
            dropped(client(4, "EICAR"), DropReason.REPUTATION);
            bench.verdict = Verdict.FORWARD;
            dropped(client(4, "EICAR"), DropReason.REPUTATION);
            dropped(client(2, "odEI"), DropReason.REPUTATION);
            dropped(client(6, "CAR"), DropReason.REPUTATION);
            forwarded(client(0, "good"));
            assertThat(bench.count(StreamCounter.DROPPED_CUT)).isEqualTo(3);
        }

        @Test
        void fillerOfAGapIsDroppedForWhatLiesBehindIt() {
            open();
            forwarded(client(3, "EICAR"));
            bench.verdict = Verdict.REJECT;
            assertThat(client(0, "abc")).isEqualTo(StreamAction.REJECT);
            bench.verdict = Verdict.FORWARD;
            dropped(client(0, "abc"), DropReason.REPUTATION);
        }
    }

    @Nested
    class Gaps {
        @Test
        void octetsThatTheKernelForwardedAreAGapWhenTheyAreAcknowledged() {
            open();
            forwarded(client(0, "abc"));
            forwarded(client(6, "ghi")); // 3..5 went past a full ring
            forwarded(serverAcknowledges(6));
            assertThat(bench.inspectedToServer()).isEqualTo("abcghi");
            assertThat(bench.gapBytes).isEqualTo(3);
            forwarded(client(9, "jkl"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcghijkl");
        }

        @Test
        void passiveTellsAGapWhenItMayWaitNoLonger() {
            bench.close();
            bench = StreamBench.passive(OverlapPolicy.FIRST);
            open();
            int sent = 10;
            while (bench.gapBytes == 0) {
                client(sent, "x".repeat(1_000));
                sent += 1_000;
                assertThat(sent).isLessThan(60_000);
                if (sent > 50_000) {
                    bench.send(TO_CLIENT, ACK, S, C + sent);
                }
            }
            assertThat(bench.gapBytes).isEqualTo(10);
            assertThat(bench.inspectedToServer()).hasSize(sent - 10);
        }

        @Test
        void passiveHandsOverWhatWaitsWhenTheFlowEnds() {
            bench.close();
            bench = StreamBench.passive(OverlapPolicy.FIRST);
            open();
            client(0, "abc");
            client(5, "fgh");
            client(10, "klm");
            bench.finishAll();
            assertThat(bench.inspectedToServer()).isEqualTo("abcfghklm");
            assertThat(bench.gapBytes).isEqualTo(4);
        }

        @Test
        void streamThatIsWantedAgainBeginsWithAGap() {
            open();
            forwarded(client(0, "abc"));
            serverAcknowledges(3);
            bench.flow.settle(0);
            forwarded(client(3, "def"));
            serverAcknowledges(6);
            assertThat(bench.inspectedToServer()).isEqualTo("abc");
            bench.table.unsettleAll();
            forwarded(client(6, "ghi"));
            assertThat(bench.inspectedToServer()).isEqualTo("abcghi");
            assertThat(bench.gapBytes).isEqualTo(3);
        }
    }

    @Nested
    class Urgent {
        @Test
        void flagIsClearedAndTheChecksumStaysRight() {
            open();
            Packet urgent = bench.segments.tcp(TO_SERVER, ACK | URG, C, S, 1_000, (byte) 'a', (byte) 'b');
            long at = urgent.transportOffset;
            urgent.segment().set(Packet.U16, at + 18, (short) 2);
            urgent.segment().set(Packet.U16, at + 16, (short) ~sum(urgent));
            forwarded(bench.send(urgent));
            assertThat(urgent.u16(at + 12) & URG).isZero();
            assertThat(urgent.u16(at + 18)).isZero();
            assertThat(sum(urgent))
                    .as("one's complement sum over a segment with a right checksum")
                    .isEqualTo(0xffff);
            assertThat(bench.inspectedToServer()).isEqualTo("ab");
        }

        /** One's complement sum of header and payload; the pseudo header does not change. */
        private int sum(Packet packet) {
            int sum = 0;
            for (long at = packet.transportOffset; at < packet.frameEnd(); at += 2) {
                sum += packet.u16(at);
            }
            while (sum >>> 16 != 0) {
                sum = (sum & 0xffff) + (sum >>> 16);
            }
            return sum;
        }

        @Test
        void urgentDataIsDroppedWherePolicySaysSo() {
            bench.close();
            bench = new StreamBench(new StreamReassembler(
                    StreamMode.INLINE,
                    OverlapPolicy.LINUX,
                    UrgentPolicy.DROP,
                    InvalidPolicy.DROP,
                    LimitPolicy.OPEN,
                    StreamBench.SMALL));
            open();
            dropped(bench.send(TO_SERVER, ACK | URG, C, S, "ab"), DropReason.STREAM_URGENT);
        }
    }

    @Nested
    class Limits {
        private void limited(LimitPolicy policy, StreamLimits limits) {
            bench.close();
            bench = new StreamBench(new StreamReassembler(
                    StreamMode.INLINE, OverlapPolicy.LINUX, UrgentPolicy.CLEAR, InvalidPolicy.DROP, policy, limits));
            open();
        }

        @Test
        void segmentBeyondAGapThatFindsNoRoomIsDroppedAndTcpRecovers() {
            limited(LimitPolicy.OPEN, new StreamLimits(3_000, 100, 64, 0, 0));
            forwarded(client(1_000, "b".repeat(1_000)));
            forwarded(client(2_000, "c".repeat(1_000)));
            forwarded(client(3_000, "d".repeat(1_000)));
            dropped(client(4_000, "e".repeat(1_000)), DropReason.STREAM_LIMIT);
            forwarded(client(0, "a".repeat(1_000)));
            serverAcknowledges(4_000);
            forwarded(client(4_000, "e".repeat(1_000)));
            assertThat(bench.inspectedToServer()).hasSize(5_000);
        }

        @Test
        void manyTinySegmentsAreBounded() {
            limited(LimitPolicy.OPEN, new StreamLimits(10_000, 20, 64, 0, 0));
            int taken = 0;
            for (int i = 0; i < 100; i++) {
                taken += client(10 + 2 * i, "x") == StreamAction.FORWARD ? 1 : 0;
            }
            assertThat(taken).isLessThanOrEqualTo(20);
        }

        @Test
        void openForgetsTheOldestInspectedOctets() {
            limited(LimitPolicy.OPEN, new StreamLimits(4_000, 100, 64, 0, 0));
            for (int i = 0; i < 10; i++) {
                forwarded(client(i * 1_000, "x".repeat(1_000)));
            }
            assertThat(bench.inspectedToServer()).hasSize(10_000);
            assertThat(bench.count(StreamCounter.FORGOTTEN)).isPositive();
            forwarded(client(0, "y"));
            assertThat(bench.count(StreamCounter.SEGMENTS_UNVERIFIED)).isPositive();
        }

        @Test
        void closedDropsUntilTheReceiverHasAcknowledged() {
            limited(LimitPolicy.CLOSED, new StreamLimits(4_000, 100, 64, 0, 0));
            for (int i = 0; i < 4; i++) {
                forwarded(client(i * 1_000, "x".repeat(1_000)));
            }
            dropped(client(4_000, "x".repeat(1_000)), DropReason.STREAM_LIMIT);
            serverAcknowledges(4_000);
            forwarded(client(4_000, "x".repeat(1_000)));
            assertThat(bench.inspectedToServer()).hasSize(5_000);
        }
    }

    @Test
    void allocatesNothingPerPacket() {
        bench.unwanted();
        open();
        FlowView flow = bench.flow;
        flow.requestStream(0);
        StreamConsumer consumer = (view, bytes, offset, length, gap, packet) -> Verdict.FORWARD;
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        Packet data = new Packet();
        copy(bench.segments.tcp(TO_SERVER, ACK, C, S, 60_000, new byte[1_000]), data);
        Packet answer = new Packet();
        copy(bench.segments.tcp(TO_CLIENT, ACK, S, C, 60_000), answer);
        long measuring = 64; // the measuring call itself
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20 && least > measuring; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 5_000; i++) {
                outOfOrderPair(data, answer, consumer, i);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(least).as("octets for 15,000 packets").isLessThanOrEqualTo(measuring);
        assertThat(bench.count(StreamCounter.BYTES_INSPECTED)).isGreaterThan(5_000_000);
    }

    private void outOfOrderPair(Packet data, Packet answer, StreamConsumer consumer, int nanos) {
        data.tcpSequence += 1_000;
        accept(data, consumer, nanos);
        data.tcpSequence -= 1_000;
        accept(data, consumer, nanos);
        data.tcpSequence += 2_000;
        answer.tcpAcknowledgment = data.tcpSequence;
        accept(answer, consumer, nanos);
    }

    private void accept(Packet packet, StreamConsumer consumer, long nanos) {
        FlowView flow = Objects.requireNonNull(bench.table.find(packet, nanos));
        if (bench.reassembler.accept(flow, packet, consumer) != StreamAction.FORWARD) {
            throw new AssertionError("dropped");
        }
    }

    private static void copy(Packet from, Packet to) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) from.frameEnd()]);
        bytes.copyFrom(from.segment().asSlice(0, from.frameEnd()));
        to.wrap(bytes, from.frameOffset, from.frameLength);
        to.side = from.side;
        to.ipVersion = from.ipVersion;
        to.ipOffset = from.ipOffset;
        to.ipLength = from.ipLength;
        to.ipProtocol = from.ipProtocol;
        to.sourceLow = from.sourceLow;
        to.destinationLow = from.destinationLow;
        to.transportOffset = from.transportOffset;
        to.sourcePort = from.sourcePort;
        to.destinationPort = from.destinationPort;
        to.tcpFlags = from.tcpFlags;
        to.tcpSequence = from.tcpSequence;
        to.tcpAcknowledgment = from.tcpAcknowledgment;
        to.tcpWindow = from.tcpWindow;
        to.tcpHeaderLength = from.tcpHeaderLength;
        to.payloadOffset = from.payloadOffset;
        to.payloadLength = from.payloadLength;
    }
}
