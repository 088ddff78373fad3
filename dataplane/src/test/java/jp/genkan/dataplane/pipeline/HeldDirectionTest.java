package jp.genkan.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.decode.TcpOptions;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Hold;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.hold.HoldSettings;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.pipeline.Pipelines.Injected;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the sender of a held direction hears from the box; both ends are played by hand. */
class HeldDirectionTest {
    private static final long CLIENT = 1_000;
    private static final long SERVER = 9_000;
    private static final String PERMITTED = "0402";
    private static final int OCTETS = 100;

    private final Injected injected = new Injected();
    private final Holder holder = new Holder();
    private final PipelineRunner runner = Pipelines.of(
            List.of(holder),
            new ArrayList<>(),
            injected,
            MidstreamPolicy.FOLLOW,
            HoldingFactory.live(new HoldSettings(1 << 20, 4), GuardSlots.unread(4)));
    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
    private boolean selective = true;
    private boolean stamps = true;
    private long nanos = 1;

    /** Holds what the client sends from its first octet on. */
    private static final class Holder implements Stage {
        private @Nullable Hold hold;

        @Override
        public String name() {
            return "holder";
        }

        @Override
        public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
            if (flow.isNew()) {
                flow.requestStream(context.stage());
            }
            return Verdict.FORWARD;
        }

        @Override
        public Verdict onStream(
                Flow flow,
                MemorySegment bytes,
                long offset,
                int length,
                int gapBytes,
                Packet packet,
                StageContext context) {
            if (hold == null && length > 0) {
                hold = context.hold(flow, Direction.TO_SERVER);
            }
            return Verdict.FORWARD;
        }
    }

    @Test
    void acknowledgesAllSegmentsOfABatchAtOnce() {
        open();
        assertThat(data(0, 100)).isFalse();
        assertThat(data(1, 101)).isFalse();
        assertThat(data(2, 102)).isFalse();
        assertThat(injected.toSender).isEmpty();
        Packet said = flushed().getFirst();
        assertThat(said.tcpAcknowledgment).isEqualTo((int) CLIENT + 1 + 3 * OCTETS);
        assertThat(flushed()).isEmpty();
    }

    /** An older one would say that the retransmission was not needed, and the sender would wait for its timer again (RFC 7323 §4.3, RFC 3522). */
    @Test
    void echoesTheTimestampOfWhatWasSentAgain() {
        open();
        data(0, 100);
        assertThat(echoed(flushed())).isEqualTo(100);
        data(2, 102);
        assertThat(echoed(flushed())).as("of what came in order").isEqualTo(100);
        data(1, 300);
        List<Packet> said = flushed();
        assertThat(said.getLast().tcpAcknowledgment).isEqualTo((int) CLIENT + 1 + 3 * OCTETS);
        assertThat(echoed(said)).isEqualTo(300);
    }

    @Test
    void tellsASenderWithoutRangesOfEachSegmentBehindAGap() {
        selective = false;
        open();
        data(0, 100);
        data(2, 101);
        data(3, 102);
        data(4, 103);
        assertThat(flushed())
                .hasSize(3)
                .allSatisfy(said -> assertThat(said.tcpAcknowledgment).isEqualTo((int) CLIENT + 1 + OCTETS));
    }

    @Test
    void saysWhatItOwesBeforeTheConnectionGoesBack() {
        stamps = false;
        open();
        data(0, 0);
        Objects.requireNonNull(holder.hold).end();
        data(1, 0);
        long end = CLIENT + 1 + 2 * OCTETS;
        assertThat(pass(tcp(false, SERVER + 1, end, Packet.ACK, 0, 0))).isFalse();
        assertThat(flushed().getLast().tcpAcknowledgment).isEqualTo((int) end);
        assertThat(data(2, 0)).as("it has gone back").isTrue();
    }

    // ---- the talk

    private void open() {
        pass(tcp(true, CLIENT, 0, Packet.SYN, 0, 50));
        pass(tcp(false, SERVER, CLIENT + 1, Packet.SYN | Packet.ACK, 0, 60));
        pass(tcp(true, CLIENT + 1, SERVER + 1, Packet.ACK, 0, 51));
        flushed();
    }

    /** A segment of the client, by its number. */
    private boolean data(int number, int timestamp) {
        return pass(
                tcp(true, CLIENT + 1 + (long) number * OCTETS, SERVER + 1, Packet.ACK | Packet.PSH, OCTETS, timestamp));
    }

    private byte[] tcp(boolean fromClient, long sequence, long acknowledgment, int flags, int octets, int timestamp) {
        String options = stamps ? String.format("0101080a%08x%08x", timestamp, fromClient ? 60 : 51) : "";
        if ((flags & Packet.SYN) != 0) {
            options += selective ? PERMITTED + "0101" : "";
        }
        PacketBuilder frame = fromClient
                ? PacketBuilder.ethernet().ipv4("10.0.0.1", "192.0.2.9").tcp(40_000, 25)
                : PacketBuilder.ethernet("02:00:00:00:00:02", "02:00:00:00:00:01")
                        .ipv4("192.0.2.9", "10.0.0.1")
                        .tcp(25, 40_000);
        return frame.sequence(sequence)
                .acknowledgment(acknowledgment)
                .flags(flags)
                .tcpOptions(options)
                .payload(octets)
                .bytes();
    }

    private boolean pass(byte[] frame) {
        return runner.process(wrap(frame), LinkType.ETHERNET, nanos++);
    }

    private static Packet wrap(byte[] octets) {
        MemorySegment memory = Arena.ofAuto().allocate(octets.length, 8);
        memory.copyFrom(MemorySegment.ofArray(octets));
        return new Packet().wrap(memory, 0, octets.length);
    }

    /** What the sender hears by the end of the batch. */
    private List<Packet> flushed() {
        runner.beforeFlush();
        List<Packet> said = new ArrayList<>();
        for (byte[] frame : injected.toSender) {
            Packet packet = wrap(frame);
            decoder.decode(packet, LinkType.ETHERNET);
            assertThat(packet.anomalies | packet.moreAnomalies).isZero();
            said.add(packet);
        }
        injected.toSender.clear();
        runner.batchEnded();
        return said;
    }

    private static int echoed(List<Packet> said) {
        TcpOptions read = new TcpOptions();
        read.read(said.getLast());
        return read.timestampEchoReply;
    }
}
