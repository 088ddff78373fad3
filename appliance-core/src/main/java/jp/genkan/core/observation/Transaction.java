package jp.genkan.core.observation;

import jp.genkan.core.event.EveFields;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of an application protocol: a request and its response, a query or an answer, a handshake. Each protocol has its own
 * subclass with typed fields; parsers fill them, every stage reads them.
 *
 * <p>Thread rule: its flow's worker until it is complete; from then on it never changes.
 */
public abstract class Transaction {
    private final AppProtocol protocol;
    private final long number;
    private Progress request = Progress.NONE;
    private Progress response = Progress.NONE;
    private boolean silenced;

    /**
     * A transaction.
     *
     * @param protocol whose
     * @param number counted from 0 in its flow; EVE's {@code tx_id}
     */
    protected Transaction(AppProtocol protocol, long number) {
        this.protocol = protocol;
        this.number = number;
    }

    /** Whose it is. */
    public final AppProtocol protocol() {
        return protocol;
    }

    /** Counted from 0 in its flow. */
    public final long number() {
        return number;
    }

    /** How far this direction has been read. */
    public final Progress progress(Direction direction) {
        return direction == Direction.TO_SERVER ? request : response;
    }

    /** Notes how far this direction has been read; called by the conversation, which then tells the stages. */
    public final void progress(Direction direction, Progress reached) {
        if (direction == Direction.TO_SERVER) {
            request = reached;
        } else {
            response = reached;
        }
    }

    /** EVE's {@code event_type} of its event. */
    public String eventType() {
        return protocol.eveName();
    }

    /** Which way the addresses of its event run: EVE tells a DNS response from server to client. */
    public Direction eventDirection() {
        return Direction.TO_SERVER;
    }

    /** True when it says which server is meant, though what follows is encrypted: a name in a TLS or QUIC hello. */
    public boolean namesServer() {
        return false;
    }

    /**
     * Names the thing that was asked for, so that parts of it that come by other ways can be put together: host and path of a URL. Null when there is no such
     * name.
     */
    public @Nullable String resource() {
        return null;
    }

    /** Its event is not to be written: a rule says so. */
    public final void silence() {
        silenced = true;
    }

    /** True when its event is not to be written. */
    public final boolean isSilenced() {
        return silenced;
    }

    /** False when it has no event of its own when it is complete. */
    public boolean isTold() {
        return true;
    }

    /** Writes the protocol's object, its name included: {@code "http": {...}}. */
    public abstract void writeTo(EveFields out);
}
