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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.isolation.HostResolver;
import jp.genkan.appliance.Composition;
import jp.genkan.appliance.Settings;
import jp.genkan.appliance.Tuning;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteBook;
import jp.genkan.urlfilter.site.SiteQuery;
import org.jspecify.annotations.Nullable;

/** The URL filter in the whole pipeline, with a book of a few names; frames go through a millisecond apart. */
final class SitesRig implements AutoCloseable {
    static final String PC = "192.168.1.10";
    static final String SERVER = "198.51.100.7";
    static final String RESOLVER = "198.51.100.53";
    private static final long MILLI = 1_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    final Book book = new Book();
    final Composition.Policies policies;
    final List<byte[]> toClient = new ArrayList<>();
    final List<byte[]> toServer = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final PipelineRunner runner;
    private final Arena arena = Arena.ofShared();
    private final Packet packet = new Packet();
    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
    private int port = 40_000;
    long nanos = 1_790_000_000L * 1_000_000_000L;

    /** Hosts with what is below them, and whole URLs. */
    static final class Book implements SiteBook {
        private final Map<String, Listing> entries = new HashMap<>();
        private int generation = 1;

        void put(String entry, String category, ListAction action) {
            entries.put(entry, new Listing(category + "-list", category, action, "test", null));
            generation++;
        }

        @Override
        public @Nullable Listing find(SiteQuery query) {
            Listing whole = entries.get(query.urlText());
            String host = query.hostText();
            for (int dot = -1; whole == null; dot = host.indexOf('.', dot + 1)) {
                whole = entries.get(host.substring(dot + 1));
                if (host.indexOf('.', dot + 1) < 0) {
                    break;
                }
            }
            return whole;
        }

        @Override
        public boolean isEmpty() {
            return entries.isEmpty();
        }

        @Override
        public int generation() {
            return generation;
        }
    }

    SitesRig(Path folder, Map<String, String> set, Composition.Mode mode) throws Exception {
        this(folder, set, mode, made -> made);
    }

    /** With other parts than a replay has. */
    SitesRig(Path folder, Map<String, String> set, Composition.Mode mode, UnaryOperator<Composition.Policies> change)
            throws Exception {
        Map<String, String> all = new HashMap<>(set);
        all.put("state.directory", folder.toString());
        Settings settings = Settings.forReplay(null, all);
        LiveRules rules = new LiveRules(settings);
        policies = change.apply(Composition.policies(
                settings,
                folder,
                HostResolver.NONE,
                OwnAddresses.NONE,
                () -> Instant.ofEpochSecond(0, nanos),
                rules.base(),
                events::add,
                () -> {}));
        book.put("listed-so-that-the-book-is-not-empty.example", "test", ListAction.BLOCK);
        policies.sites().replace(book);
        runner = Composition.replayPipeline(
                settings,
                1_024,
                policies,
                mode,
                ChecksumPolicy.VERIFY_CAPTURE,
                settings.application(),
                Tuning.NONE,
                true,
                events::add,
                this::injected,
                HoldingFactory.NONE);
    }

    private void injected(Packet about, boolean toSender, MemorySegment segment, long offset, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
        (toSender == (about.side == Side.INSIDE) ? toClient : toServer).add(copy);
    }

    private boolean frame(PacketBuilder built, byte[] payload) {
        nanos += MILLI;
        byte[] octets = built.payload(payload).bytes();
        MemorySegment segment = arena.allocate(octets.length);
        MemorySegment.copy(octets, 0, segment, ValueLayout.JAVA_BYTE, 0, octets.length);
        packet.wrap(segment, 0, octets.length);
        packet.epochNanos = nanos;
        runner.expire(nanos, 16);
        runner.decode(packet, LinkType.ETHERNET);
        boolean inside = (packet.sourceLow & 0xffff_0000L) == 0xc0a8_0000L;
        packet.side = inside ? Side.INSIDE : Side.OUTSIDE;
        boolean passes = runner.inspect(packet, nanos);
        runner.batchEnded();
        return passes;
    }

    /** One datagram. */
    boolean udp(String from, int fromPort, String to, int toPort, byte[] payload) {
        return frame(PacketBuilder.ethernet().ipv4(from, to).udp(fromPort, toPort), payload);
    }

    /** A question of DNS, and an answer that gives an address; true when the question was forwarded. */
    boolean lookUp(String name, String address) {
        int from = port++;
        boolean passes = udp(PC, from, RESOLVER, 53, Names.query(name, 1));
        udp(RESOLVER, 53, PC, from, Names.answer(name, address));
        return passes;
    }

    /** A TCP connection of the PC that is open. */
    Talk open(String client, String server, int serverPort) {
        Talk talk = new Talk(client, port++, server, serverPort);
        talk.segment(true, Packet.SYN, new byte[0]);
        talk.segment(false, Packet.SYN | Packet.ACK, new byte[0]);
        talk.segment(true, Packet.ACK, new byte[0]);
        return talk;
    }

    /** The same to the one server. */
    Talk open(int serverPort) {
        return open(PC, SERVER, serverPort);
    }

    /** One connection. */
    final class Talk {
        private final String client;
        private final int clientPort;
        private final String server;
        private final int serverPort;
        private long clientNext = 100;
        private long serverNext = 900;

        Talk(String client, int clientPort, String server, int serverPort) {
            this.client = client;
            this.clientPort = clientPort;
            this.server = server;
            this.serverPort = serverPort;
        }

        boolean segment(boolean fromClient, int flags, byte[] payload) {
            PacketBuilder built = PacketBuilder.ethernet()
                    .ipv4(fromClient ? client : server, fromClient ? server : client)
                    .tcp(fromClient ? clientPort : serverPort, fromClient ? serverPort : clientPort)
                    .flags(flags)
                    .sequence(fromClient ? clientNext : serverNext)
                    .acknowledgment((flags & Packet.ACK) == 0 ? 0 : fromClient ? serverNext : clientNext);
            boolean passes = frame(built, payload);
            int length = payload.length + ((flags & (Packet.SYN | Packet.FIN)) == 0 ? 0 : 1);
            if (fromClient) {
                clientNext += length;
            } else {
                serverNext += length;
            }
            return passes;
        }

        /** The last segment once more, as a sender does that got no acknowledgment. */
        boolean clientAgain(byte[] payload) {
            clientNext -= payload.length;
            return client(payload);
        }

        boolean client(byte[] payload) {
            return segment(true, Packet.ACK | Packet.PSH, payload);
        }

        boolean client(String text) {
            return client(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        boolean server(byte[] payload) {
            return segment(false, Packet.ACK | Packet.PSH, payload);
        }

        boolean server(String text) {
            return server(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    // ---- what came of it

    /** The octets that the box has said to the client. */
    byte[] said() {
        byte[] all = new byte[0];
        for (byte[] frame : toClient) {
            Packet read = new Packet().wrap(MemorySegment.ofArray(frame), 0, frame.length);
            decoder.decode(read, LinkType.ETHERNET);
            byte[] payload = new byte[read.payloadLength];
            MemorySegment.copy(read.segment(), ValueLayout.JAVA_BYTE, read.payloadOffset, payload, 0, payload.length);
            all = PacketBuilder.join(all, payload);
        }
        return all;
    }

    String saidText() {
        return new String(said(), StandardCharsets.UTF_8);
    }

    /** The {@code url} objects of events. */
    List<JsonNode> urls() throws Exception {
        return told("url").stream().map(event -> event.path("url")).toList();
    }

    List<JsonNode> told(String type) throws Exception {
        EveWriter writer = new EveWriter(ZoneOffset.UTC);
        List<JsonNode> found = new ArrayList<>();
        for (Event event : List.copyOf(events)) {
            writer.write(event);
            JsonNode read = JSON.readTree(writer.copyWithoutLineFeed());
            if (read.path("event_type").asText().equals(type)) {
                found.add(read);
            }
        }
        return found;
    }

    /** A file of hexadecimal digits beside the tests. */
    static byte[] octets(String file, int line, int skip) throws Exception {
        try (var in = SitesRig.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of()
                    .parseHex(text.lines().toList().get(line).substring(skip).strip());
        }
    }

    /** Makes a file. */
    static Path file(Path path, String text) throws Exception {
        return Files.writeString(path, text);
    }

    @Override
    public void close() {
        runner.close();
        arena.close();
    }
}
