package jp.genkan.protocols.conversation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransactionEvent;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/**
 * Notes what a parser tells, and checks that it keeps to the contract: nothing changes after it is complete, nothing is told of a closed file.
 *
 * <p>Thread rule: one test.
 */
public final class RecordingConversation implements Conversation {
    /** A file as it came. */
    public static final class SeenFile {
        public final TransferredFile file;
        public final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        SeenFile(TransferredFile file) {
            this.file = file;
        }

        /** The octets as Latin-1 text. */
        public String text() {
            return octets.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private final Map<TransferredFile, SeenFile> byFile = new LinkedHashMap<>();
    private final Map<Transaction, ByteArrayOutputStream[]> bodies = new LinkedHashMap<>();
    private final Map<Transaction, String> completed = new LinkedHashMap<>();
    private final Address client;
    private final Address server;

    /** Transactions that were completed, in order. */
    public final List<Transaction> transactions = new ArrayList<>();

    /** Names of anomalies, in order. */
    public final List<String> anomalies = new ArrayList<>();

    /** Steps that were told, as "protocol number direction progress". */
    public final List<String> steps = new ArrayList<>();

    /** What {@link #expect} was told, as "address port". */
    public final List<String> expected = new ArrayList<>();

    public final List<ExpectedParser> expectedParsers = new ArrayList<>();
    /** Where frames are to be noted; null where nobody asks for them. */
    public @Nullable RecordingFrames frames;

    public boolean settled;
    public boolean handedOver;
    public @Nullable AppProtocol next;

    /** A conversation between 192.168.0.10:40000 and 192.0.2.1:{@link #serverPort}. */
    public RecordingConversation() {
        client = Address.parse("192.168.0.10");
        server = Address.parse("192.0.2.1");
    }

    /** Octets of a direction's bodies as Latin-1 text, those of one transaction after another, a line between two. */
    public String bodies(Direction direction) {
        StringBuilder all = new StringBuilder();
        bodies.forEach((transaction, both) -> {
            ByteArrayOutputStream body = both[direction.ordinal()];
            if (body.size() > 0) {
                all.append(all.isEmpty() ? "" : "\n").append(body.toString(StandardCharsets.ISO_8859_1));
            }
        });
        return all.toString();
    }

    /** The files, in the order in which they began. */
    public List<SeenFile> files() {
        return List.copyOf(byFile.values());
    }

    /** The events of the completed transactions, a JSON line each, without line feeds. */
    public List<String> events() {
        for (Map.Entry<Transaction, String> entry : completed.entrySet()) {
            if (!json(entry.getKey()).equals(entry.getValue())) {
                throw new AssertionError("changed after it was complete: " + entry.getValue());
            }
        }
        return transactions.stream()
                .filter(Transaction::isTold)
                .map(completed::get)
                .toList();
    }

    private static String json(Transaction transaction) {
        EveWriter writer = new EveWriter(ZoneOffset.UTC);
        FlowIdentity identity = new FlowIdentity(
                1, Address.parse("192.168.0.10"), 40000, Address.parse("192.0.2.1"), 80, 6, 0, 0, 0, 0, 0);
        writer.write(new TransactionEvent(identity, 0, transaction));
        return new String(writer.copyWithoutLineFeed(), StandardCharsets.UTF_8);
    }

    /** Feeds a whole dialogue: texts in Latin-1 that begin with "C: " or "S: ". The mark is taken off. */
    public static RecordingConversation play(StreamParser parser, String... lines) {
        RecordingConversation conversation = new RecordingConversation();
        conversation.feed(parser, lines);
        parser.onFlowEnd(conversation);
        return conversation;
    }

    /** As {@link #play}, without the end of the flow. */
    public void feed(StreamParser parser, String... lines) {
        for (String line : lines) {
            Direction direction = line.startsWith("C: ") ? Direction.TO_SERVER : Direction.TO_CLIENT;
            byte[] octets = line.substring(3).getBytes(StandardCharsets.ISO_8859_1);
            parser.onOctets(direction, octets, 0, octets.length, this);
        }
    }

    /** As {@link #play}, in pieces of random size, so that every boundary is met. */
    public static RecordingConversation playInPieces(StreamParser parser, long seed, String... lines) {
        Random random = new Random(seed);
        RecordingConversation conversation = new RecordingConversation();
        for (String line : lines) {
            Direction direction = line.startsWith("C: ") ? Direction.TO_SERVER : Direction.TO_CLIENT;
            byte[] octets = line.substring(3).getBytes(StandardCharsets.ISO_8859_1);
            int at = 0;
            while (at < octets.length && !conversation.handedOver) {
                int to = Math.min(octets.length, at + 1 + random.nextInt(seed % 2 == 0 ? 3 : 40));
                byte[] piece = java.util.Arrays.copyOfRange(octets, at, to);
                parser.onOctets(direction, piece, 0, piece.length, conversation);
                java.util.Arrays.fill(piece, (byte) 0xa5);
                at = to;
            }
        }
        parser.onFlowEnd(conversation);
        return conversation;
    }

    @Override
    public @Nullable Frames frames() {
        return frames;
    }

    @Override
    public long epochNanos() {
        return 0;
    }

    @Override
    public Address clientAddress() {
        return client;
    }

    @Override
    public Address serverAddress() {
        return server;
    }

    @Override
    public int clientPort() {
        return 40000;
    }

    @Override
    public int serverPort() {
        return 80;
    }

    @Override
    public boolean isMidstream() {
        return false;
    }

    @Override
    public void advance(Transaction transaction, Direction direction, Progress reached) {
        checkOpen(transaction);
        transaction.progress(direction, reached);
        steps.add(transaction.protocol().eveName() + " " + transaction.number() + " " + direction.eveName() + " "
                + reached);
    }

    @Override
    public void complete(Transaction transaction) {
        checkOpen(transaction);
        transactions.add(transaction);
        completed.put(transaction, json(transaction));
    }

    private void checkOpen(Transaction transaction) {
        if (completed.containsKey(transaction)) {
            throw new AssertionError("told again after it was complete: " + completed.get(transaction));
        }
    }

    @Override
    public void anomaly(@Nullable Transaction transaction, Direction direction, String event) {
        anomalies.add(event);
    }

    @Override
    public void body(Transaction transaction, Direction direction, byte[] octets, int from, int to) {
        checkOpen(transaction);
        bodies
                .computeIfAbsent(transaction, ignored ->
                        new ByteArrayOutputStream[] {new ByteArrayOutputStream(), new ByteArrayOutputStream()})[
                direction.ordinal()]
                .write(octets, from, to - from);
    }

    @Override
    public TransferredFile openFile(Transaction transaction, Direction direction, @Nullable String name) {
        TransferredFile file = new TransferredFile(transaction, direction, byFile.size() + 1L, name);
        byFile.put(file, new SeenFile(file));
        return file;
    }

    @Override
    public void fileOctets(TransferredFile file, byte[] octets, int from, int to) {
        open(file).octets.write(octets, from, to - from);
        file.grow(to - from);
    }

    @Override
    public void fileGap(TransferredFile file, long missing) {
        open(file);
        file.markGap();
        file.grow(missing);
    }

    @Override
    public void closeFile(TransferredFile file, FileState state) {
        open(file);
        file.state(state);
    }

    private SeenFile open(TransferredFile file) {
        SeenFile seen = byFile.get(file);
        if (seen == null || file.state() != FileState.OPEN) {
            throw new AssertionError("not an open file: " + file.name());
        }
        return seen;
    }

    @Override
    public void handOver(@Nullable AppProtocol to) {
        handedOver = true;
        next = to;
    }

    @Override
    public void expect(Address address, int port, ExpectedParser parser) {
        expected.add(address + " " + port);
        expectedParsers.add(parser);
    }

    @Override
    public void settle() {
        settled = true;
    }
}
