package jp.genkan.dataplane.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.Event;
import jp.genkan.core.fragment.FragmentLimits;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.pipeline.DropTelling;
import jp.genkan.dataplane.pipeline.PipelineParts;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.stream.StreamMode;
import jp.genkan.dataplane.stream.StreamReassembler;
import jp.genkan.protocols.file.HashChoice;
import org.junit.jupiter.api.Test;

/** Real parsers over packets, through the whole pipeline. */
class ApplicationLayerTest {
    private static final String PC = "10.0.0.1";
    private static final String SERVER = "192.0.2.9";

    private final List<Event> events = new ArrayList<>();
    private final Packet packet = new Packet();
    private long nanos = 1;

    @Test
    void tellsATransactionAndItsFileAsSoonAsTheyAreComplete() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        Talk talk = new Talk(runner, 40_000, 8_123);
        talk.open();
        talk.client("GET /a.txt HTTP/1.1\r\nHost: example.com\r\n\r\n");
        talk.server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(types()).containsExactlyInAnyOrder("http", "fileinfo");
        assertThat(json()).anyMatch(line -> line.contains("\"md5\":\"5d41402abc4b2a76b9719d911017c592\""));
        runner.endAll();
        assertThat(json()).anyMatch(line -> line.contains("\"app_proto\":\"http\"") && line.contains("\"flow\":{"));
    }

    @Test
    void settlesWhatNobodyKnowsAndAllocatesNothingForItFromThenOn() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        Talk talk = new Talk(runner, 40_001, 5_001);
        talk.open();
        talk.client("\u0000\u0001 nothing that anybody has ever heard of ".repeat(200));
        assertThat(types()).isEmpty();
        byte[] more = talk.clientFrame("more of it");
        Packet frame = wrap(more);
        for (int i = 0; i < 20_000; i++) {
            runner.process(frame, LinkType.ETHERNET, nanos++);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            runner.process(frame, LinkType.ETHERNET, nanos++);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        runner.endAll();
        assertThat(json()).anyMatch(line -> line.contains("\"app_proto\":\"failed\""));
    }

    @Test
    void holdsBackThePacketThatAStageRefuses() {
        Stage guard = new Guard("forbidden");
        PipelineRunner runner = runner(List.of(guard), StreamMode.INLINE);
        Talk talk = new Talk(runner, 40_002, 80);
        talk.open();
        talk.client("GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n");
        assertThat(talk.server("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nfor"))
                .isTrue();
        assertThat(talk.server("bidden, and more."))
                .as("the octets that complete the word")
                .isFalse();
    }

    @Test
    void readsWhatComesAfterAHandOverWithTheNextParser() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        Talk talk = new Talk(runner, 40_003, 3_128);
        talk.open();
        talk.client("CONNECT inner.example:80 HTTP/1.1\r\nHost: inner.example:80\r\n\r\n");
        talk.server("HTTP/1.1 200 Connection established\r\n\r\n");
        talk.client("GET /inside HTTP/1.1\r\nHost: inner.example\r\n\r\n");
        talk.server("HTTP/1.1 204 No Content\r\n\r\n");
        runner.endAll();
        assertThat(json()).anyMatch(line -> line.contains("\"url\":\"/inside\"") && line.contains("\"status\":204"));
    }

    @Test
    void tellsWhenTheServerSpeaksSomethingElse() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        Talk talk = new Talk(runner, 40_006, 22);
        talk.open();
        talk.client("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n");
        talk.server("SSH-2.0-OpenSSH_9.9\r\n");
        runner.endAll();
        assertThat(json())
                .anyMatch(line -> line.contains("\"event\":\"APPLAYER_MISMATCH_PROTOCOL_BOTH_DIRECTIONS\"")
                        && line.contains("\"layer\":\"proto_detect\""))
                .anyMatch(line -> line.contains("\"app_proto\":\"http\"") && line.contains("\"app_proto_tc\":\"ssh\""));
    }

    @Test
    void followsTheDataConnectionThatFtpHasAnnounced() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        Talk control = new Talk(runner, 40_004, 21);
        control.open();
        control.server("220 ready\r\n");
        control.client("USER anonymous\r\n");
        control.server("230 in\r\n");
        control.client("PASV\r\n");
        control.server("227 Entering Passive Mode (192,0,2,9,200,10)\r\n");
        control.client("RETR report.pdf\r\n");
        control.server("150 here it comes\r\n");
        Talk data = new Talk(runner, 40_005, 200 * 256 + 10);
        data.open();
        data.server("%PDF-1.4 a small report");
        data.serverFin();
        data.clientFin();
        runner.endAll();
        assertThat(json())
                .anyMatch(line -> line.contains("\"event_type\":\"fileinfo\"")
                        && line.contains("\"filename\":\"report.pdf\"")
                        && line.contains("\"state\":\"CLOSED\""));
    }

    @Test
    void readsDatagramsOfAFlowOneByOne() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        byte[] query = octets("1234 0100 0001 0000 0000 0000 03777777 076578616d706c65 00 0001 0001");
        runner.process(
                wrap(PacketBuilder.ethernet()
                        .ipv4(PC, SERVER)
                        .udp(5_353, 10_053)
                        .payload(query)
                        .bytes()),
                LinkType.ETHERNET,
                nanos++);
        assertThat(json()).singleElement().asString().contains("\"rrname\":\"www.example\"");
    }

    @Test
    void tellsStagesByWhichNameAServerWasLookedUp() {
        List<String> names = new ArrayList<>();
        Stage asker = new Asker(names);
        PipelineRunner runner = runner(List.of(asker), StreamMode.PASSIVE);
        byte[] answer = octets("1234 8180 0001 0001 0000 0000 03777777 076578616d706c65 00 0001 0001"
                + "c00c 0001 0001 0000003c 0004 c0000209");
        runner.process(
                wrap(PacketBuilder.ethernet()
                        .ipv4(PC, "10.0.0.53")
                        .udp(40_053, 53)
                        .payload(octets("1234 0100 0001 0000 0000 0000 03777777 076578616d706c65 00 0001 0001"))
                        .bytes()),
                LinkType.ETHERNET,
                nanos++);
        runner.process(
                wrap(PacketBuilder.ethernet()
                        .ipv4("10.0.0.53", PC)
                        .udp(53, 40_053)
                        .payload(answer)
                        .bytes()),
                LinkType.ETHERNET,
                nanos++);
        new Talk(runner, 40_020, 443).open();
        assertThat(names).containsExactly("www.example");
    }

    private record Asker(List<String> names) implements Stage {
        @Override
        public String name() {
            return "asker";
        }

        @Override
        public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
            String name = flow.protocol() == 6 ? context.resolvedName(flow) : null;
            if (name != null) {
                names.add(name);
                flow.settle(context.stage());
            }
            return Verdict.FORWARD;
        }
    }

    @Test
    void passesOverProtocolsThatAreSwitchedOff() {
        PipelineRunner runner = runner(
                List.of(), StreamMode.PASSIVE, new ApplicationSettings(10, HashChoice.NONE, Set.of(AppProtocol.HTTP1)));
        Talk talk = new Talk(runner, 40_006, 80);
        talk.open();
        talk.client("GET /a.txt HTTP/1.1\r\nHost: example.com\r\n\r\n");
        talk.server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        runner.endAll();
        assertThat(types()).containsExactly("flow");
    }

    @Test
    void letsFlowsPassUnreadWhenTooManyAreBeingRead() {
        PipelineRunner runner =
                runner(List.of(), StreamMode.PASSIVE, new ApplicationSettings(1, HashChoice.NONE, Set.of()));
        new Talk(runner, 40_007, 80).open();
        Talk second = new Talk(runner, 40_008, 80);
        second.open();
        second.client("GET /a.txt HTTP/1.1\r\nHost: example.com\r\n\r\n");
        second.server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(types()).isEmpty();
    }

    @Test
    void putsTheRangesOfAFileTogetherWhicheverConnectionBringsThem() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        Talk second = new Talk(runner, 40_009, 80);
        second.open();
        second.client("GET /f HTTP/1.1\r\nHost: h\r\nRange: bytes=6-10\r\n\r\n");
        second.server("HTTP/1.1 206 Partial\r\nContent-Range: bytes 6-10/11\r\nContent-Length: 5\r\n\r\nworld");
        Talk first = new Talk(runner, 40_010, 80);
        first.open();
        first.client("GET /f HTTP/1.1\r\nHost: h\r\nRange: bytes=0-5\r\n\r\n");
        first.server("HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-5/11\r\nContent-Length: 6\r\n\r\nhello ");
        assertThat(json())
                .as("the MD5 of the whole")
                .anyMatch(line -> line.contains("5eb63bbbe01eeed093cb22bb8f5acdc3") && line.contains("\"size\":11"));
        assertThat(types().stream().filter("fileinfo"::equals))
                .as("two parts and the whole")
                .hasSize(3);
    }

    @Test
    void countsWhatItCouldNotSee() {
        PipelineRunner runner = runner(List.of(), StreamMode.PASSIVE);
        Talk known = new Talk(runner, 40_011, 80);
        known.open();
        known.client("GET /f HTTP/1.1\r\nHost: h\r\n\r\n");
        Talk unknown = new Talk(runner, 40_012, 81);
        unknown.open();
        unknown.client("\u0000\u0001 nothing that anybody has ever heard of ".repeat(200));
        runner.endAll();
        long[] octets = Blindness.total(List.of(Objects.requireNonNull(runner.blindness())));
        assertThat(octets[Sight.INSPECTED.ordinal()]).isBetween(200L, 400L);
        assertThat(octets[Sight.OPAQUE.ordinal()]).isGreaterThan(8_000);
        assertThat(octets[Sight.NAME_ONLY.ordinal()]).isZero();
    }

    // ---- the stage that objects

    private static final class Guard implements Stage {
        private final String word;
        private final StringBuilder seen = new StringBuilder();

        Guard(String word) {
            this.word = word;
        }

        @Override
        public String name() {
            return "guard";
        }

        @Override
        public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
            return Verdict.FORWARD;
        }

        @Override
        public Verdict onTransaction(
                Flow flow, Transaction transaction, Direction direction, Packet packet, StageContext context) {
            return Verdict.FORWARD;
        }

        @Override
        public Verdict onFile(
                Flow flow, TransferredFile file, byte[] octets, int from, int to, Packet packet, StageContext context) {
            seen.append(new String(octets, from, to - from, StandardCharsets.ISO_8859_1));
            if (seen.indexOf(word) < 0) {
                return Verdict.FORWARD;
            }
            packet.dropReason = DropReason.REPUTATION.ordinal();
            return Verdict.DROP;
        }
    }

    // ---- packets

    /** One TCP connection. */
    private final class Talk {
        private final PipelineRunner runner;
        private final int clientPort;
        private final int serverPort;
        private long clientNext = 1_000;
        private long serverNext = 9_000;

        Talk(PipelineRunner runner, int clientPort, int serverPort) {
            this.runner = runner;
            this.clientPort = clientPort;
            this.serverPort = serverPort;
        }

        void open() {
            pass(frame(true, Packet.SYN, ""));
            clientNext++;
            pass(frame(false, Packet.SYN | Packet.ACK, ""));
            serverNext++;
            pass(frame(true, Packet.ACK, ""));
        }

        boolean client(String text) {
            boolean passed = true;
            for (int at = 0; at < text.length(); at += 1400) {
                String part = text.substring(at, Math.min(text.length(), at + 1400));
                passed &= pass(clientFrame(part));
                clientNext += part.length();
            }
            return passed;
        }

        byte[] clientFrame(String text) {
            return frame(true, Packet.ACK, text);
        }

        boolean server(String text) {
            boolean passed = pass(frame(false, Packet.ACK, text));
            serverNext += text.length();
            return passed;
        }

        void serverFin() {
            pass(frame(false, Packet.FIN | Packet.ACK, ""));
            serverNext++;
        }

        void clientFin() {
            pass(frame(true, Packet.FIN | Packet.ACK, ""));
            clientNext++;
        }

        private boolean pass(byte[] frame) {
            return runner.process(wrap(frame), LinkType.ETHERNET, nanos++);
        }

        private byte[] frame(boolean fromClient, int flags, String text) {
            return PacketBuilder.ethernet()
                    .ipv4(fromClient ? PC : SERVER, fromClient ? SERVER : PC)
                    .tcp(fromClient ? clientPort : serverPort, fromClient ? serverPort : clientPort)
                    .sequence(fromClient ? clientNext : serverNext)
                    .acknowledgment((flags & Packet.ACK) == 0 ? 0 : fromClient ? serverNext : clientNext)
                    .flags(flags)
                    .payload(text.getBytes(StandardCharsets.ISO_8859_1))
                    .bytes();
        }
    }

    private Packet wrap(byte[] frame) {
        MemorySegment copy = Arena.ofAuto().allocate(frame.length);
        copy.copyFrom(MemorySegment.ofArray(frame));
        packet.wrap(copy, 0, frame.length);
        packet.epochNanos = 1_000_000_000_000_000_000L + nanos;
        return packet;
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private List<String> types() {
        return events.stream().map(Event::type).toList();
    }

    private List<String> json() {
        EveWriter writer = new EveWriter(ZoneOffset.UTC);
        return events.stream()
                .map(event -> {
                    writer.write(event);
                    return new String(writer.copyWithoutLineFeed(), StandardCharsets.UTF_8);
                })
                .toList();
    }

    private PipelineRunner runner(List<Stage> stages, StreamMode mode) {
        return runner(stages, mode, ApplicationSettings.DEFAULT);
    }

    private PipelineRunner runner(List<Stage> stages, StreamMode mode, ApplicationSettings settings) {
        FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
        return new PipelineRunner(
                new PipelineParts(
                        decoder,
                        new IpReassembler(FragmentLimits.DEFAULT, decoder),
                        null,
                        new FlowTable(FlowLimits.withFlowsMax(1_024), stages.size() + 1, 0, 1),
                        new StreamReassembler(mode),
                        stages,
                        settings,
                        events::add,
                        flow -> {},
                        true,
                        true,
                        true,
                        DropTelling.START,
                        jp.genkan.dataplane.flow.MidstreamPolicy.FOLLOW,
                        100),
                (about, toSender, segment, offset, length) -> {});
    }
}
