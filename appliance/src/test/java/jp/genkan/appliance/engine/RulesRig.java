package jp.genkan.appliance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.isolation.HostResolver;
import jp.genkan.appliance.Composition;
import jp.genkan.appliance.Settings;
import jp.genkan.appliance.Tuning;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.Event;
import jp.genkan.core.eventlog.EveFile;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.pipeline.PipelineRunner;

/** The live box's rules with its policy, between a LAN and the internet of a test; frames go through the whole pipeline, a millisecond apart. */
final class RulesRig implements AutoCloseable {
    static final String PC = "192.168.1.10";
    static final String OUTSIDE = "198.51.100.7";
    private static final long MILLI = 1_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    final LiveRules rules;
    private final Path eve;
    private final List<Event> events = new ArrayList<>();
    private final PipelineRunner runner;
    private final Arena arena = Arena.ofConfined();
    private final Packet packet = new Packet();
    long nanos = 1_790_000_000L * 1_000_000_000L;
    int forwarded;
    int injected;

    RulesRig(Path folder, String yaml) throws Exception {
        Path config = Files.writeString(folder.resolve("genkan.yaml"), yaml.isEmpty() ? "workers: 1\n" : yaml);
        Settings settings = Settings.forReplay(config, Map.of("state.directory", folder.toString()));
        rules = new LiveRules(settings);
        rules.load();
        eve = folder.resolve("eve.json");
        Composition.Policies policies = Composition.policies(
                settings,
                folder,
                HostResolver.NONE,
                OwnAddresses.NONE,
                () -> Instant.ofEpochSecond(0, nanos),
                rules.base(),
                events::add,
                () -> {});
        runner = Composition.replayPipeline(
                settings,
                1024,
                policies,
                Composition.Mode.REPLAY_INLINE,
                ChecksumPolicy.VERIFY_CAPTURE,
                settings.application(),
                Tuning.NONE,
                true,
                events::add,
                (about, toSender, segment, offset, length) -> injected++,
                HoldingFactory.NONE);
    }

    /** Puts a frame through; true when it is forwarded. */
    boolean frame(byte[] octets) {
        nanos += MILLI;
        MemorySegment segment = arena.allocate(octets.length);
        MemorySegment.copy(octets, 0, segment, ValueLayout.JAVA_BYTE, 0, octets.length);
        packet.wrap(segment, 0, octets.length);
        packet.epochNanos = nanos;
        runner.expire(nanos, 16);
        runner.decode(packet, LinkType.ETHERNET);
        packet.side = inside() ? Side.INSIDE : Side.OUTSIDE;
        boolean passes = runner.inspect(packet, nanos);
        runner.batchEnded();
        forwarded += passes ? 1 : 0;
        return passes;
    }

    private boolean inside() {
        return (packet.sourceLow & 0xffff_0000L) == 0xc0a8_0000L;
    }

    boolean tcp(String from, int fromPort, String to, int toPort, int flags, long seq, long ack, byte[] data) {
        return frame(PacketBuilder.ethernet()
                .ipv4(from, to)
                .tcp(fromPort, toPort)
                .flags(flags)
                .sequence(seq)
                .acknowledgment(ack)
                .payload(data)
                .bytes());
    }

    boolean syn(String from, int fromPort, String to, int toPort) {
        return tcp(from, fromPort, to, toPort, Packet.SYN, 100, 0, new byte[0]);
    }

    boolean synAck(String from, int fromPort, String to, int toPort) {
        return tcp(from, fromPort, to, toPort, Packet.SYN | Packet.ACK, 900, 101, new byte[0]);
    }

    boolean ping(String from, String to) {
        return frame(PacketBuilder.ethernet()
                .ipv4(from, to)
                .icmp(8, 0)
                .payload("abcdefgh")
                .bytes());
    }

    /** A conversation: what the client says, then what the server answers; true when the last octets are forwarded. */
    boolean talk(String client, int clientPort, String server, int serverPort, byte[] request, byte[] answer) {
        syn(client, clientPort, server, serverPort);
        synAck(server, serverPort, client, clientPort);
        tcp(client, clientPort, server, serverPort, Packet.ACK, 101, 901, new byte[0]);
        int push = Packet.ACK | Packet.PSH;
        boolean passes = tcp(client, clientPort, server, serverPort, push, 101, 901, request);
        if (answer.length > 0) {
            passes = tcp(server, serverPort, client, clientPort, push, 901, 101 + request.length, answer);
            tcp(
                    client,
                    clientPort,
                    server,
                    serverPort,
                    Packet.ACK,
                    101 + request.length,
                    901 + answer.length,
                    new byte[0]);
        }
        return passes;
    }

    /** The alerts of our own rules, and of the test's. */
    List<JsonNode> alerts() throws Exception {
        Files.deleteIfExists(eve);
        try (EveFile log = new EveFile(eve, ZoneId.of("UTC"))) {
            events.forEach(log::emit);
        }
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(eve, StandardCharsets.UTF_8)) {
            JsonNode event = JSON.readTree(line);
            if (event.path("event_type").asText().equals("alert")) {
                found.add(event.path("alert"));
            }
        }
        return found;
    }

    List<Long> sids() throws Exception {
        return alerts().stream()
                .map(alert -> alert.path("signature_id").asLong())
                .toList();
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        runner.close();
        arena.close();
    }
}
