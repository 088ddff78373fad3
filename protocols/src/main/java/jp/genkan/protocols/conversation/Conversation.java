package jp.genkan.protocols.conversation;

import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.http.body.ContentCodings;
import org.jspecify.annotations.Nullable;

/**
 * The flow that a parser reads, and where it tells what it has read. What is told reaches every stage in order before the packet that brought it is
 * forwarded. Valid inside one call of the parser only.
 */
public interface Conversation {
    /** Wall time of the packet at hand, nanoseconds since 1970. */
    long epochNanos();

    Address clientAddress();

    Address serverAddress();

    int clientPort();

    int serverPort();

    /** True when the flow was picked up after its beginning. */
    boolean isMidstream();

    /** Layers of coding that are taken off the body of a response of HTTP. */
    default int responseCodingsMax() {
        return ContentCodings.LAYERS_MAX;
    }

    /** What was spoken in this connection before it was handed over; null when nothing was. EVE's {@code from_proto}. */
    default @Nullable AppProtocol previousProtocol() {
        return null;
    }

    /** Takes the pieces of the protocol's own framing; null where nobody asks for them, which is nearly always. */
    default @Nullable Frames frames() {
        return null;
    }

    /** A direction of the transaction has been read as far as this; sets its progress and tells the stages. */
    void advance(Transaction transaction, Direction direction, Progress reached);

    /** Both directions are done, or as done as they will ever be: its event is written, and the parser must never change it again. */
    void complete(Transaction transaction);

    /**
     * Something that breaks the protocol's rules.
     *
     * @param transaction in which, null when in none
     * @param event Suricata's name of the event where it has one, as in {@code anomaly.event} ({@code INVALID_REQUEST_CHUNK_LEN}): a constant, never made from traffic
     */
    void anomaly(@Nullable Transaction transaction, Direction direction, String event);

    /**
     * Octets of a transaction's body, put together from chunks and decompressed, but not taken apart any further: what comes in a form is told as it stands there. Told
     * besides the file that a body may be.
     */
    default void body(Transaction transaction, Direction direction, byte[] octets, int from, int to) {}

    /** A mail begins or goes on, or is over or waits until its receiver has had what has come so far, in a direction of a transaction. */
    default void mail(Transaction transaction, Direction direction, boolean begins) {}

    /**
     * A file begins. Its properties may be set until {@link #closeFile}; those that are known should be set before the first octets.
     *
     * @param name as the protocol gives it, decoded; null when it has none
     */
    TransferredFile openFile(Transaction transaction, Direction direction, @Nullable String name);

    /** Octets of a file, decoded from whatever the protocol wraps them in. */
    void fileOctets(TransferredFile file, byte[] octets, int from, int to);

    /** Octets of a file are missing. */
    void fileGap(TransferredFile file, long missing);

    /** The file is over. A file that has gaps is told as truncated whatever is said here. */
    void closeFile(TransferredFile file, FileState state);

    /**
     * What follows in both directions is another protocol: TLS after STARTTLS, anything in a CONNECT tunnel, HTTP/2 after an upgrade.
     *
     * @param next which; null when it has to be recognised from its octets
     */
    void handOver(@Nullable AppProtocol next);

    /**
     * A second connection will come that belongs to this one, as FTP's data connections do.
     *
     * @param server the address to which it will go
     * @param port the port to which it will go
     * @param next makes its parser when it comes
     */
    void expect(Address server, int port, ExpectedParser next);

    /** Makes the parser of an expected connection. */
    @FunctionalInterface
    interface ExpectedParser {
        StreamParser make();
    }

    /** Nothing more of this flow is of interest to any engine: what follows is encrypted, or unknown. */
    void settle();
}
