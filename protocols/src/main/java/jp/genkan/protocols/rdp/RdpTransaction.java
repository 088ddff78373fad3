package jp.genkan.protocols.rdp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/** One message of RDP's beginning: EVE's {@code rdp}. */
public final class RdpTransaction extends Transaction {
    /** Which message. */
    public enum Kind {
        /** The client's connection request. */
        INITIAL_REQUEST("initial_request", Direction.TO_SERVER),
        /** The server's answer. */
        INITIAL_RESPONSE("initial_response", Direction.TO_CLIENT),
        /** The client's settings. */
        CONNECT_REQUEST("connect_request", Direction.TO_SERVER),
        /** The server's settings. */
        CONNECT_RESPONSE("connect_response", Direction.TO_CLIENT);

        private final String eveName;
        private final Direction direction;

        Kind(String eveName, Direction direction) {
            this.eveName = eveName;
            this.direction = direction;
        }
    }

    private static final List<String> REASONS = List.of(
            "ssl required by server",
            "ssl not allowed by server",
            "ssl cert not on server",
            "inconsistent flags",
            "hybrid required by server",
            "ssl with user auth required by server");

    private final Kind kind;
    private final List<String> flags = new ArrayList<>();
    private final List<String> channels = new ArrayList<>();
    private @Nullable String cookie;
    private @Nullable String protocolName;
    private @Nullable RdpClientSettings client;
    private long errorCode = -1;

    RdpTransaction(long number, Kind kind) {
        super(AppProtocol.RDP, number);
        this.kind = kind;
    }

    /** Which message. */
    public Kind kind() {
        return kind;
    }

    @Override
    public Direction eventDirection() {
        return kind.direction;
    }

    /** The user, or what else the client puts there, one character an octet; null when there is none. */
    public @Nullable String cookie() {
        return cookie;
    }

    void cookie(String value) {
        cookie = value;
    }

    /** The protocol that the server chose, by EVE's word; null when it chose none. */
    public @Nullable String protocolName() {
        return protocolName;
    }

    void protocolName(@Nullable String chosen) {
        protocolName = chosen;
    }

    /** The server's refusal (MS-RDPBCGR §2.2.1.2.2), -1 when there is none. */
    public long errorCode() {
        return errorCode;
    }

    void errorCode(long code) {
        errorCode = code;
    }

    void addFlag(String flag) {
        flags.add(flag);
    }

    /** What the client says of itself; null in other messages. */
    public @Nullable RdpClientSettings client() {
        return client;
    }

    void client(RdpClientSettings settings) {
        client = settings;
    }

    /** Names of the channels that the client wants. */
    public List<String> channels() {
        return List.copyOf(channels);
    }

    void addChannel(String name) {
        channels.add(name);
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("rdp");
        out.put("tx_id", number());
        out.put("event_type", kind.eveName);
        if (cookie != null) {
            out.put("cookie", shown(cookie));
        }
        if (errorCode >= 0) {
            out.put("error_code", errorCode);
            out.put("reason", errorCode >= 1 && errorCode <= REASONS.size() ? REASONS.get((int) errorCode - 1) : "");
        }
        array(out, kind == Kind.INITIAL_RESPONSE ? "server_supports" : "flags", flags);
        if (protocolName != null) {
            out.put("protocol", protocolName);
        }
        if (client != null) {
            client.writeTo(out);
        }
        array(out, "channels", channels);
        out.end();
    }

    private static void array(EveFields out, String name, List<String> values) {
        if (!values.isEmpty()) {
            out.array(name);
            values.forEach(value -> out.add(shown(value)));
            out.end();
        }
    }

    private static String shown(String latin) {
        return OctetText.of(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}
