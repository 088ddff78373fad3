package jp.genkan.dataplane.flow;

import static jp.genkan.core.frame.Packet.ACK;
import static jp.genkan.core.frame.Packet.FIN;
import static jp.genkan.core.frame.Packet.PSH;
import static jp.genkan.core.frame.Packet.RST;
import static jp.genkan.core.frame.Packet.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9293, RFC 7323 and RFC 5961 as they look from the middle. */
class TcpTrackerTest {
    private static final boolean TO_SERVER = true;
    private static final boolean TO_CLIENT = false;
    private static final int C = 1_000; // client's initial sequence number
    private static final int S = 500_000; // server's
    private static final int WINDOW = 8_192;

    private final Segments segments = new Segments();
    private final TcpTracker tracker = new TcpTracker();
    private final FlowTable table = new FlowTable(FlowLimits.withFlowsMax(64), 1, 0, 1);
    private long nanos;

    @AfterEach
    void close() {
        table.close();
    }

    private FlowView flow() {
        return view;
    }

    private FlowView view = table.newView();

    private SegmentClass track(Packet packet) {
        FlowView flow = Objects.requireNonNull(table.find(packet, nanos++));
        view = flow;
        return tracker.track(flow, packet);
    }

    private SegmentClass segment(boolean toServer, int flags, int sequence, int acknowledged, int length) {
        return track(segments.tcp(toServer, flags, sequence, acknowledged, WINDOW, new byte[length]));
    }

    private boolean has(StreamAnomaly anomaly) {
        return (tracker.anomalies() & anomaly.bit()) != 0;
    }

    private TcpState state() {
        return flow().tcpState();
    }

    private void open(int clientIsn, int serverIsn) {
        assertThat(segment(TO_SERVER, SYN, clientIsn, 0, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(state()).isEqualTo(TcpState.SYN_SENT);
        assertThat(segment(TO_CLIENT, SYN | ACK, serverIsn, clientIsn + 1, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(state()).isEqualTo(TcpState.SYN_RECV);
        assertThat(segment(TO_SERVER, ACK, clientIsn + 1, serverIsn + 1, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, -5, Integer.MAX_VALUE - 3, Integer.MIN_VALUE})
    void lifeOfAConnectionAtAnyPlaceOfTheSequenceSpace(int isn) {
        int other = isn ^ 0x5555_5555;
        open(isn, other);
        assertThat(segment(TO_SERVER, ACK | PSH, isn + 1, other + 1, 100)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(segment(TO_CLIENT, ACK, other + 1, isn + 101, 1_000)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(segment(TO_SERVER, ACK | FIN, isn + 101, other + 1_001, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(state()).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(segment(TO_CLIENT, ACK, other + 1_001, isn + 102, 10)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(segment(TO_CLIENT, ACK | FIN, other + 1_011, isn + 102, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(state()).isEqualTo(TcpState.LAST_ACK);
        assertThat(flow().isFinished()).isFalse();
        assertThat(segment(TO_SERVER, ACK, isn + 102, other + 1_012, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(state()).isEqualTo(TcpState.CLOSED);
        assertThat(flow().isFinished()).isTrue();
        assertThat(tracker.anomalies()).isZero();
    }

    @Test
    void aConnectionThatTheServerEndsIsClosedByTheLastAcknowledgment() {
        open(C, S);
        segment(TO_CLIENT, ACK | FIN, S + 1, C + 1, 0);
        assertThat(state()).isEqualTo(TcpState.FIN_WAIT1);
        segment(TO_SERVER, ACK | FIN, C + 1, S + 2, 0);
        assertThat(state()).isEqualTo(TcpState.TIME_WAIT);
        segment(TO_CLIENT, ACK, S + 2, C + 2, 0);
        assertThat(state()).isEqualTo(TcpState.CLOSED);
    }

    @Test
    void aConnectionThatWasResetMayGoOn() {
        open(C, S);
        segment(TO_CLIENT, ACK | FIN, S + 1, C + 1, 0);
        segment(TO_SERVER, ACK | FIN, C + 1, S + 2, 0);
        assertThat(flow().isFinished()).isTrue();
        segment(TO_SERVER, RST, C + 2, 0, 0);
        assertThat(flow().isFinished()).isFalse();
    }

    @Test
    void namesWhatIsOddByTheStateOfTheConnection() {
        open(C, S);
        segment(TO_CLIENT, ACK, S + 1, C + WINDOW * 4, 0);
        assertThat(has(StreamAnomaly.INVALID_ACK)).isTrue();
        assertThat(has(StreamAnomaly.ESTABLISHED_INVALID_ACK)).isTrue();
        segment(TO_SERVER, ACK | FIN, C + 1, S + 1, 0);
        segment(TO_CLIENT, ACK, S + 1, C + 2, 0);
        assertThat(state()).isEqualTo(TcpState.CLOSE_WAIT);
        segment(TO_CLIENT, ACK, S + WINDOW * 4, C + 2, 1);
        assertThat(has(StreamAnomaly.CLOSE_WAIT_ACK_OUT_OF_WINDOW)).isTrue();
        segment(TO_CLIENT, ACK | FIN, S + WINDOW * 4, C + 2, 0);
        assertThat(has(StreamAnomaly.CLOSE_WAIT_FIN_OUT_OF_WINDOW)).isTrue();
        segment(TO_CLIENT, ACK, S + 1, C + WINDOW * 4, 0);
        assertThat(has(StreamAnomaly.CLOSE_WAIT_INVALID_ACK)).isTrue();
        segment(TO_SERVER, SYN, C + 77, 0, 0);
        assertThat(has(StreamAnomaly.SHUTDOWN_SYN)).isTrue();
    }

    @Test
    void namesWhatIsOddWhileTheServerEndsTheConnection() {
        open(C, S);
        segment(TO_CLIENT, ACK | FIN, S + 1, C + 1, 0);
        segment(TO_SERVER, ACK, C + WINDOW * 4, S + 1, 1);
        assertThat(has(StreamAnomaly.FIN1_ACK_WRONG_SEQUENCE)).isTrue();
        segment(TO_SERVER, ACK, C + 1, S + 2, 0);
        assertThat(state()).isEqualTo(TcpState.FIN_WAIT2);
        segment(TO_SERVER, ACK | FIN, C + WINDOW * 4, S + 2, 0);
        assertThat(has(StreamAnomaly.FIN2_FIN_WRONG_SEQUENCE)).isTrue();
        segment(TO_SERVER, ACK, C + 1, S + WINDOW * 4, 0);
        assertThat(has(StreamAnomaly.FIN2_INVALID_ACK)).isTrue();
    }

    @Test
    void tellsAFloodOfSynsFromAHostThatBeginsAgain() {
        for (int i = 0; i < 11; i++) {
            segment(TO_SERVER, SYN, C + 1_000_000 * i, 0, 0);
            assertThat(has(StreamAnomaly.SYN_FLOOD)).isFalse();
        }
        segment(TO_SERVER, SYN, C - 1, 0, 0);
        assertThat(has(StreamAnomaly.SYN_FLOOD)).isTrue();
    }

    @Test
    void tellsRetransmissionsOfWhatIsAcknowledgedFromOthers() {
        open(C, S);
        segment(TO_SERVER, ACK | PSH, C + 1, S + 1, 100);
        segment(TO_SERVER, ACK | PSH, C + 1, S + 1, 100);
        assertThat(has(StreamAnomaly.RETRANSMISSION)).isTrue();
        assertThat(has(StreamAnomaly.SPURIOUS_RETRANSMISSION)).isFalse();
        segment(TO_CLIENT, ACK, S + 1, C + 101, 0);
        segment(TO_SERVER, ACK | PSH, C + 1, S + 1, 100);
        assertThat(has(StreamAnomaly.SPURIOUS_RETRANSMISSION)).isTrue();
    }

    @Test
    void serverMayCloseFirst() {
        open(C, S);
        segment(TO_CLIENT, ACK | FIN, S + 1, C + 1, 0);
        assertThat(state()).isEqualTo(TcpState.FIN_WAIT1);
        segment(TO_SERVER, ACK, C + 1, S + 2, 0);
        assertThat(state()).isEqualTo(TcpState.FIN_WAIT2);
        segment(TO_SERVER, ACK | FIN, C + 1, S + 2, 0);
        assertThat(state()).isEqualTo(TcpState.TIME_WAIT);
    }

    @Test
    void bothMayCloseAtTheSameTime() {
        open(C, S);
        segment(TO_CLIENT, ACK | FIN, S + 1, C + 1, 0);
        segment(TO_SERVER, ACK | FIN, C + 1, S + 1, 0);
        assertThat(state()).isEqualTo(TcpState.CLOSING);
        segment(TO_SERVER, ACK, C + 2, S + 2, 0);
        segment(TO_CLIENT, ACK, S + 2, C + 2, 0);
        assertThat(state()).isEqualTo(TcpState.CLOSED);
    }

    @Test
    void simultaneousOpenIsFollowed() {
        segment(TO_SERVER, SYN, C, 0, 0);
        assertThat(segment(TO_CLIENT, SYN, S, 0, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(has(StreamAnomaly.SIMULTANEOUS_OPEN)).isTrue();
        assertThat(state()).isEqualTo(TcpState.SYN_RECV);
        assertThat(segment(TO_SERVER, SYN | ACK, C, S + 1, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(segment(TO_CLIENT, SYN | ACK, S, C + 1, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(segment(TO_SERVER, ACK, C + 1, S + 1, 10)).isEqualTo(SegmentClass.IN_WINDOW);
    }

    @Nested
    class Windows {
        @Test
        void octetsBeyondTheOfferedWindowAreOutside() {
            open(C, S);
            assertThat(segment(TO_SERVER, ACK, C + 1 + WINDOW + 1, S + 1, 10)).isEqualTo(SegmentClass.OUT_OF_WINDOW);
            assertThat(has(StreamAnomaly.OUT_OF_WINDOW)).isTrue();
            assertThat(segment(TO_SERVER, ACK, C + 1 + 4_000, S + 1, 10)).isEqualTo(SegmentClass.IN_WINDOW);
        }

        @Test
        void octetsFarInThePastAreOutside() {
            open(C, S);
            int sent = 0;
            for (int i = 0; i < 100; i++) {
                segment(TO_SERVER, ACK, C + 1 + sent, S + 1, 1_000);
                sent += 1_000;
                segment(TO_CLIENT, ACK, S + 1, C + 1 + sent, 0);
            }
            assertThat(segment(TO_SERVER, ACK, C + 1, S + 1, 1_000)).isEqualTo(SegmentClass.OUT_OF_WINDOW);
            assertThat(segment(TO_SERVER, ACK, C + 1 + sent - 2_000, S + 1, 1_000))
                    .isEqualTo(SegmentClass.RETRANSMISSION);
        }

        @Test
        void scaleHoldsOnlyWhenBothOfferIt() {
            track(segments.options(3, 3, 7, 0).tcp(TO_SERVER, SYN, C, 0, 1_000));
            track(segments.options(1, 3, 3, 7).tcp(TO_CLIENT, SYN | ACK, S, C + 1, 1_000));
            segment(TO_SERVER, ACK, C + 1, S + 1, 0);
            segment(TO_CLIENT, ACK, S + 1, C + 1, 0);
            assertThat(segment(TO_SERVER, ACK, C + 1 + (WINDOW << 7) - 100, S + 1, 50))
                    .isEqualTo(SegmentClass.IN_WINDOW);
        }

        @Test
        void scaleOfOneEndAloneIsIgnored() {
            track(segments.options(3, 3, 7, 0).tcp(TO_SERVER, SYN, C, 0, 1_000));
            track(segments.tcp(TO_CLIENT, SYN | ACK, S, C + 1, 1_000));
            segment(TO_SERVER, ACK, C + 1, S + 1, 0);
            segment(TO_CLIENT, ACK, S + 1, C + 1, 0);
            assertThat(segment(TO_SERVER, ACK, C + 1 + WINDOW + 10, S + 1, 50)).isEqualTo(SegmentClass.OUT_OF_WINDOW);
        }

        @Test
        void malformedOptionsAreIgnored() {
            assertThat(track(segments.options(3, 0, 7, 0).tcp(TO_SERVER, SYN, C, 0, 1_000)))
                    .isEqualTo(SegmentClass.IN_WINDOW);
            assertThat(track(segments.options(1, 1, 1, 3).tcp(TO_CLIENT, SYN | ACK, S, C + 1, 1_000)))
                    .isEqualTo(SegmentClass.IN_WINDOW);
        }

        @Test
        void keepAlivesAndWindowProbesAreWhatTheyAre() {
            open(C, S);
            segment(TO_SERVER, ACK, C + 1, S + 1, 100);
            track(segments.tcp(TO_CLIENT, ACK, S + 1, C + 101, 0));
            assertThat(segment(TO_SERVER, ACK, C + 100, S + 1, 0)).isEqualTo(SegmentClass.KEEP_ALIVE);
            assertThat(segment(TO_SERVER, ACK, C + 100, S + 1, 1)).isEqualTo(SegmentClass.KEEP_ALIVE);
        }

        @Test
        void aClosedWindowLetsAProbeThrough() {
            track(segments.tcp(TO_SERVER, SYN, C, 0, WINDOW));
            track(segments.tcp(TO_CLIENT, SYN | ACK, S, C + 1, 0));
            segment(TO_SERVER, ACK, C + 1, S + 1, 0);
            assertThat(segment(TO_SERVER, ACK, C + 1, S + 1, 1)).isEqualTo(SegmentClass.WINDOW_PROBE);
        }
    }

    @Nested
    class Acknowledgments {
        @BeforeEach
        void established() {
            open(C, S);
        }

        @Test
        void segmentWithoutAckIsIgnoredByItsReceiver() {
            assertThat(segment(TO_SERVER, PSH, C + 1, 0, 10)).isEqualTo(SegmentClass.INVALID_ACK);
            assertThat(has(StreamAnomaly.NO_ACK_FLAG)).isTrue();
        }

        @Test
        void ackOfWhatWasNeverAllowedIsInvalid() {
            assertThat(segment(TO_SERVER, ACK, C + 1, S + 1 + WINDOW + 100, 10)).isEqualTo(SegmentClass.INVALID_ACK);
            assertThat(has(StreamAnomaly.INVALID_ACK)).isTrue();
        }

        @Test
        void ackFarInThePastIsInvalid() {
            assertThat(segment(TO_SERVER, ACK, C + 1, S + 1 - 70_000, 10)).isEqualTo(SegmentClass.INVALID_ACK);
        }

        @Test
        void ackOfOctetsThatPassedUnseenIsTaken() {
            assertThat(segment(TO_SERVER, ACK, C + 1, S + 1 + 500, 0)).isEqualTo(SegmentClass.IN_WINDOW);
            assertThat(has(StreamAnomaly.ACK_OF_UNSEEN)).isTrue();
        }
    }

    @Test
    void thirdSegmentOfTheHandshakeMustAcknowledgeTheSynAck() {
        segment(TO_SERVER, SYN, C, 0, 0);
        segment(TO_CLIENT, SYN | ACK, S, C + 1, 0);
        assertThat(segment(TO_SERVER, ACK, C + 1, S + 7, 10)).isEqualTo(SegmentClass.INVALID_ACK);
        assertThat(has(StreamAnomaly.HANDSHAKE_WRONG_ACK)).isTrue();
        assertThat(segment(TO_SERVER, ACK, C + 1, S, 10)).isEqualTo(SegmentClass.INVALID_ACK);
        assertThat(state()).isEqualTo(TcpState.SYN_RECV);
    }

    @Test
    void synAckMustAnswerTheSyn() {
        segment(TO_SERVER, SYN, C, 0, 0);
        assertThat(segment(TO_CLIENT, SYN | ACK, S, C + 7, 0)).isEqualTo(SegmentClass.CHALLENGE);
        assertThat(has(StreamAnomaly.SYN_ACK_WRONG_ACK)).isTrue();
        assertThat(state()).isEqualTo(TcpState.SYN_SENT);
    }

    @Test
    void synAckDecidesWhichOfTwoSynsCounts() {
        segment(TO_SERVER, SYN, C, 0, 0);
        segment(TO_SERVER, SYN, C + 90_000, 0, 0);
        assertThat(segment(TO_CLIENT, SYN | ACK, S, C + 1, 0)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(TcpTracker.firstSequence(flow(), TO_SERVER)).isEqualTo(C + 1);
        segment(TO_SERVER, ACK, C + 1, S + 1, 0);
        assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @Nested
    class BlindAttacks {
        @BeforeEach
        void established() {
            open(C, S);
            segment(TO_CLIENT, ACK, S + 1, C + 1, 100);
        }

        @Test
        void synInAnEstablishedConnectionIsAChallenge() {
            assertThat(segment(TO_SERVER, SYN, C + 50, 0, 0)).isEqualTo(SegmentClass.CHALLENGE);
            assertThat(has(StreamAnomaly.SYN_ON_ESTABLISHED)).isTrue();
            assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
        }

        @Test
        void resetInTheWindowButNotExactIsInvalid() {
            assertThat(segment(TO_SERVER, RST, C + 50, 0, 0)).isEqualTo(SegmentClass.INVALID_RESET);
            assertThat(has(StreamAnomaly.RST_INVALID)).isTrue();
            assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
        }

        @Test
        void resetAnywhereBetweenAcknowledgedAndSentCloses() {
            assertThat(segment(TO_CLIENT, RST, S + 50, 0, 0)).isEqualTo(SegmentClass.RESET);
            assertThat(state()).isEqualTo(TcpState.CLOSED);
        }

        @Test
        void exactResetCloses() {
            assertThat(segment(TO_SERVER, RST, C + 1, 0, 0)).isEqualTo(SegmentClass.RESET);
            assertThat(state()).isEqualTo(TcpState.CLOSED);
        }

        @Test
        void endThatGoesOnAfterItsResetDidNotSendIt() {
            segment(TO_SERVER, RST, C + 1, 0, 0);
            assertThat(segment(TO_SERVER, ACK, C + 1, S + 101, 10)).isEqualTo(SegmentClass.IN_WINDOW);
            assertThat(has(StreamAnomaly.SUSPECTED_RST_INJECT)).isTrue();
            assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
        }
    }

    @Test
    void refusedConnectionIsClosedByAResetThatAcknowledgesTheSyn() {
        segment(TO_SERVER, SYN, C, 0, 0);
        assertThat(segment(TO_CLIENT, RST | ACK, 0, C + 77, 0)).isEqualTo(SegmentClass.INVALID_RESET);
        assertThat(segment(TO_CLIENT, RST, 0, 0, 0)).isEqualTo(SegmentClass.INVALID_RESET);
        assertThat(segment(TO_CLIENT, RST | ACK, 0, C + 1, 0)).isEqualTo(SegmentClass.RESET);
        assertThat(state()).isEqualTo(TcpState.CLOSED);
    }

    @Test
    void connectionIsPickedUpInItsMiddle() {
        assertThat(segment(TO_SERVER, ACK, C, S, 100)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(flow().isMidstream()).isTrue();
        assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(segment(TO_CLIENT, ACK, S, C + 100, 5_000)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(segment(TO_SERVER, ACK, C + 100 + 200_000, S + 5_000, 100)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(tracker.anomalies()).isZero();
    }

    @Test
    void sequenceNumbersAreLearntAnewAfterFramesWentUnseen() {
        open(C, S);
        table.resyncAll();
        assertThat(segment(TO_CLIENT, ACK, S + 90_000_000, C + 40_000_000, 100)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(segment(TO_SERVER, ACK, C + 40_000_000, S + 90_000_100, 100)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(tracker.anomalies()).isZero();
        assertThat(state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(segment(TO_SERVER, ACK, C + 900_000_000, S + 90_000_100, 100))
                .isEqualTo(SegmentClass.OUT_OF_WINDOW);
    }

    @Test
    void bypassedFlowIsFollowedAgainWhenPoliciesChange() {
        open(C, S);
        flow().settle(0);
        flow().beginBypass();
        assertThat(flow().state()).isEqualTo(FlowState.BYPASSED);
        table.unsettleAll();
        assertThat(segment(TO_CLIENT, ACK, S + 90_000_000, C + 40_000_000, 100)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(flow().isBypassed()).isFalse();
        assertThat(segment(TO_SERVER, ACK, C + 40_000_000, S + 90_000_100, 100)).isEqualTo(SegmentClass.IN_WINDOW);
        assertThat(tracker.anomalies()).isZero();
    }

    @Test
    void packetFromTheSideOfItsReceiverIsOnTheWrongSide() {
        open(C, S);
        Packet spoofed = segments.tcp(TO_SERVER, ACK, C + 1, S + 1, WINDOW);
        spoofed.side = Side.OUTSIDE;
        FlowView flow = Objects.requireNonNull(table.find(spoofed, 0));
        assertThat(flow.isWrongSide(spoofed)).isTrue();
        spoofed.side = Side.INSIDE;
        assertThat(flow.isWrongSide(spoofed)).isFalse();
    }
}
