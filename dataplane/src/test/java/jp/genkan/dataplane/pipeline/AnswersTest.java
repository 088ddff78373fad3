package jp.genkan.dataplane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.decode.TcpOptions;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import jp.genkan.core.pipeline.Answer;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.pipeline.Pipelines.Injected;
import jp.genkan.dataplane.reject.AnswerWriter;
import org.junit.jupiter.api.Test;

/** A stage answers, and the client's side of the connection is played by hand; the decoder checks what the box has made. */
class AnswersTest {
    private static final String PAGE = "0123456789".repeat(400);
    private static final long CLIENT = 1_000;
    private static final long SERVER = 9_000;

    private final List<Event> events = new ArrayList<>();
    private final Injected injected = new Injected();
    private final PipelineRunner runner = Pipelines.of(List.of(new AnsweringStage()), events, injected);
    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
    private UnaryOperator<PacketBuilder> link = UnaryOperator.identity();
    private String options = "";
    private boolean v6;
    private int port = 40_000;
    private long nanos = 1;

    /** Answers whatever has an exclamation mark in it with a page. */
    private static final class AnsweringStage implements Stage {
        @Override
        public String name() {
            return "answering";
        }

        @Override
        public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
            for (int i = 0; i < packet.payloadLength; i++) {
                if (packet.u8(packet.payloadOffset + i) == '!') {
                    boolean tcp = packet.ipProtocol == 6;
                    String said = tcp ? PAGE : "short";
                    context.answer(flow, new Answer(said.getBytes(StandardCharsets.US_ASCII)));
                    if (tcp) {
                        flow.dropRest(DropReason.URL_FILTER);
                    }
                    packet.dropReason = DropReason.URL_FILTER.ordinal();
                    return Verdict.DROP;
                }
            }
            return Verdict.FORWARD;
        }
    }

    @Test
    void saysTheWholeAnswerInTheServersPlaceAndResetsTheServer() {
        open();
        assertThat(client(CLIENT + 1, SERVER + 1, Packet.ACK, "GET!")).isFalse();
        assertThat(text(decoded(injected.toSender), SERVER + 1)).isEqualTo(PAGE);
        for (Packet segment : decoded(injected.toSender)) {
            assertThat(segment.payloadLength).isLessThanOrEqualTo(AnswerWriter.SEGMENT_MAX);
            assertThat(segment.tcpAcknowledgment).isEqualTo((int) CLIENT + 5);
            assertThat(segment.sourcePort).isEqualTo(80);
            assertThat(segment.destinationMac).isEqualTo(0x0200_0000_0001L);
        }
        assertThat(decoded(injected.toSender).getLast().hasFlags(Packet.FIN)).isTrue();
        Packet reset = decoded(injected.toReceiver).getFirst();
        assertThat(reset.hasFlags(Packet.RST)).isTrue();
        assertThat(reset.tcpSequence).isEqualTo((int) CLIENT + 1);
        assertThat(runner.counters().get(PipelineCounter.ANSWERS)).isEqualTo(1);
    }

    @Test
    void playsTheServerUntilTheClientHasReadTheAnswerAndClosed() {
        answered();
        long end = SERVER + 1 + PAGE.length() + 1;
        client(CLIENT + 5, SERVER + 1_500, Packet.ACK, "");
        assertThat(injected.toSender).as("on its way").isEmpty();
        client(CLIENT + 5, SERVER + 1, Packet.ACK, "rest of an upload");
        assertThat(last().tcpAcknowledgment).isEqualTo((int) CLIENT + 22);
        assertThat(last().hasFlags(Packet.RST)).isFalse();
        client(CLIENT + 22, end, Packet.ACK | Packet.FIN, "");
        assertThat(last().tcpAcknowledgment).isEqualTo((int) CLIENT + 23);
        assertThat(last().tcpSequence).isEqualTo((int) end);
        assertThat(last().tcpFlags).isEqualTo(Packet.ACK);
        client(CLIENT + 23, end, Packet.ACK, "");
        assertThat(last().hasFlags(Packet.RST)).as("everything was said").isTrue();
    }

    @Test
    void saysAgainWhatWasLost() {
        answered();
        client(CLIENT + 1, SERVER + 1, Packet.ACK, "GET!");
        assertThat(text(decoded(injected.toSender), SERVER + 1)).isEqualTo(PAGE);
        injected.toSender.clear();
        long half = SERVER + 1 + AnswerWriter.SEGMENT_MAX;
        client(CLIENT + 5, half, Packet.ACK, "");
        assertThat(injected.toSender).isEmpty();
        client(CLIENT + 5, half, Packet.ACK, "");
        assertThat(text(decoded(injected.toSender), half)).isEqualTo(PAGE.substring(AnswerWriter.SEGMENT_MAX));
    }

    @Test
    void resetsAClientThatGoesOnForTooLong() {
        answered();
        nanos += Answers.PLAYED_NANOS + 1;
        client(CLIENT + 5, SERVER + 1, Packet.ACK, "still here");
        assertThat(last().hasFlags(Packet.RST)).isTrue();
        assertThat(last().tcpSequence).isEqualTo((int) SERVER + 1);
    }

    @Test
    void answersTheClientWhenItIsTheServerThatSaysTooMuch() {
        open();
        assertThat(server(SERVER + 1, CLIENT + 1, Packet.ACK, "certificate!")).isFalse();
        assertThat(text(decoded(injected.toReceiver), SERVER + 1)).isEqualTo(PAGE);
        assertThat(decoded(injected.toReceiver).getFirst().destinationPort).isEqualTo(port);
        assertThat(decoded(injected.toSender).getFirst().hasFlags(Packet.RST)).isTrue();
    }

    @Test
    void resetsAServerThatGoesOn() {
        answered();
        server(SERVER + 1, CLIENT + 1, Packet.ACK, "HTTP/1.1 200");
        assertThat(last().hasFlags(Packet.RST)).isTrue();
        assertThat(last().destinationPort).isEqualTo(80);
    }

    @Test
    void keepsTagsSessionsAndTimestamps() {
        link = frame -> frame.vlan(7).pppoe(9).ppp();
        options = "0101080a" + "00000064" + "000003e8";
        answered();
        client(CLIENT + 1, SERVER + 1, Packet.ACK, "GET!");
        Packet segment = last();
        assertThat(segment.vlanIds).isEqualTo(7);
        assertThat(segment.pppoeSession).isEqualTo(9);
        TcpOptions read = new TcpOptions();
        read.read(segment);
        assertThat(read.timestampEchoReply).isEqualTo(0x64);
        assertThat(read.timestampValue)
                .as("later than what the server said last")
                .isGreaterThan(1_000);
    }

    @Test
    void answersOverIpv6() {
        v6 = true;
        open();
        client(CLIENT + 1, SERVER + 1, Packet.ACK, "GET!");
        assertThat(text(decoded(injected.toSender), SERVER + 1)).isEqualTo(PAGE);
        assertThat(last().ipVersion).isEqualTo(6);
    }

    @Test
    void answersADatagramAndLetsTheNextOnePass() {
        assertThat(pass(udp("name?!"))).isFalse();
        Packet answer = last();
        assertThat(answer.destinationPort).isEqualTo(port);
        assertThat(answer.sourcePort).isEqualTo(53);
        assertThat(answer.payloadLength).isEqualTo(5);
        assertThat(pass(udp("other name?"))).isTrue();
    }

    @Test
    void letsTheConnectionThatBeganTheLongestAgoGoWhenThereAreTooMany() {
        for (int i = 0; i <= Answers.CONNECTIONS_MAX; i++) {
            port = 20_000 + i;
            answered();
        }
        port = 20_000;
        client(CLIENT + 5, SERVER + 1, Packet.ACK, "more");
        assertThat(last().hasFlags(Packet.RST)).isTrue();
        port = 20_001;
        client(CLIENT + 5, SERVER + 1, Packet.ACK, "more");
        assertThat(last().tcpFlags).isEqualTo(Packet.ACK);
    }

    @Test
    void waitsForTheClientToAskAgainWhenABatchHasNoRoom() {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            port = 20_000 + i;
            open();
            requests.add(tcp(true, CLIENT + 1, SERVER + 1, Packet.ACK, "GET!"));
        }
        injected.toSender.clear();
        requests.forEach(request -> runner.process(wrap(request), LinkType.ETHERNET, nanos++));
        runner.batchEnded();
        assertThat(injected.toSender.size()).isLessThanOrEqualTo(Answers.FRAMES_MAX);
        injected.toSender.clear();
        assertThat(pass(requests.getLast())).isFalse();
        assertThat(text(decoded(injected.toSender), SERVER + 1)).isEqualTo(PAGE);
    }

    // ---- the talk

    private void open() {
        pass(tcp(true, CLIENT, 0, Packet.SYN, ""));
        pass(tcp(false, SERVER, CLIENT + 1, Packet.SYN | Packet.ACK, ""));
        pass(tcp(true, CLIENT + 1, SERVER + 1, Packet.ACK, ""));
    }

    private void answered() {
        open();
        client(CLIENT + 1, SERVER + 1, Packet.ACK, "GET!");
        injected.toSender.clear();
        injected.toReceiver.clear();
    }

    private boolean client(long sequence, long acknowledgment, int flags, String text) {
        return pass(tcp(true, sequence, acknowledgment, flags, text));
    }

    private boolean server(long sequence, long acknowledgment, int flags, String text) {
        return pass(tcp(false, sequence, acknowledgment, flags, text));
    }

    private PacketBuilder ip(boolean fromClient) {
        String near = v6 ? "2001:db8::1" : "10.0.0.1";
        String far = v6 ? "2001:db8::9" : "192.0.2.9";
        PacketBuilder frame = link.apply(
                fromClient
                        ? PacketBuilder.ethernet()
                        : PacketBuilder.ethernet("02:00:00:00:00:02", "02:00:00:00:00:01"));
        return v6
                ? frame.ipv6(fromClient ? near : far, fromClient ? far : near)
                : frame.ipv4(fromClient ? near : far, fromClient ? far : near);
    }

    private byte[] tcp(boolean fromClient, long sequence, long acknowledgment, int flags, String text) {
        return ip(fromClient)
                .tcp(fromClient ? port : 80, fromClient ? 80 : port)
                .sequence(sequence)
                .acknowledgment(acknowledgment)
                .flags(flags)
                .tcpOptions(options)
                .payload(text)
                .bytes();
    }

    private byte[] udp(String text) {
        return ip(true).udp(port, 53).payload(text).bytes();
    }

    private boolean pass(byte[] frame) {
        boolean passed = runner.process(wrap(frame), LinkType.ETHERNET, nanos++);
        runner.batchEnded();
        return passed;
    }

    private static Packet wrap(byte[] octets) {
        MemorySegment memory = Arena.ofAuto().allocate(octets.length, 8);
        memory.copyFrom(MemorySegment.ofArray(octets));
        return new Packet().wrap(memory, 0, octets.length);
    }

    // ---- what the box has sent

    private Packet last() {
        return decoded(injected.toSender).getLast();
    }

    private List<Packet> decoded(List<byte[]> frames) {
        List<Packet> packets = new ArrayList<>();
        for (byte[] frame : frames) {
            Packet packet = wrap(frame);
            decoder.decode(packet, LinkType.ETHERNET);
            assertThat(packet.anomalies | packet.moreAnomalies).isZero();
            packets.add(packet);
        }
        return packets;
    }

    private static String text(List<Packet> segments, long from) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (Packet segment : segments) {
            assertThat(segment.tcpSequence).isEqualTo((int) from + stream.size());
            byte[] payload = segment.segment()
                    .asSlice(segment.payloadOffset, segment.payloadLength)
                    .toArray(ValueLayout.JAVA_BYTE);
            stream.writeBytes(payload);
        }
        return stream.toString(StandardCharsets.US_ASCII);
    }
}
