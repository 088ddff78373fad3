package jp.genkan.ips.keyword.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/** Reads a dialogue by a parser, and keeps its transactions and files. */
public final class Exchanges implements Conversation {
    /** Transactions in the order of their end. */
    public final List<Transaction> transactions = new ArrayList<>();

    /** Files in the order of their beginning. */
    public final List<TransferredFile> files = new ArrayList<>();

    /** Feeds texts in Latin-1 that begin with "C: " or "S: ". */
    public static Exchanges play(StreamParser parser, String... lines) {
        Exchanges made = new Exchanges();
        for (String line : lines) {
            byte[] octets = line.substring(3).getBytes(StandardCharsets.ISO_8859_1);
            Direction direction = line.startsWith("C: ") ? Direction.TO_SERVER : Direction.TO_CLIENT;
            parser.onOctets(direction, octets, 0, octets.length, made);
        }
        parser.onFlowEnd(made);
        return made;
    }

    @Override
    public long epochNanos() {
        return 0;
    }

    @Override
    public Address clientAddress() {
        return Address.parse("192.0.2.1");
    }

    @Override
    public Address serverAddress() {
        return Address.parse("192.0.2.2");
    }

    @Override
    public int clientPort() {
        return 40_000;
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
        transaction.progress(direction, reached);
    }

    @Override
    public void complete(Transaction transaction) {
        transactions.add(transaction);
    }

    @Override
    public void anomaly(@Nullable Transaction transaction, Direction direction, String event) {}

    @Override
    public TransferredFile openFile(Transaction transaction, Direction direction, @Nullable String name) {
        TransferredFile file = new TransferredFile(transaction, direction, files.size() + 1L, name);
        files.add(file);
        return file;
    }

    @Override
    public void fileOctets(TransferredFile file, byte[] octets, int from, int to) {
        file.grow(to - from);
    }

    @Override
    public void fileGap(TransferredFile file, long missing) {
        file.markGap();
    }

    @Override
    public void closeFile(TransferredFile file, FileState state) {
        file.state(state);
    }

    @Override
    public void handOver(@Nullable AppProtocol next) {}

    @Override
    public void expect(Address server, int port, ExpectedParser next) {}

    @Override
    public void settle() {}
}
