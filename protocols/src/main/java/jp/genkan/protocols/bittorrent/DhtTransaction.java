package jp.genkan.protocols.bittorrent;

import java.util.Arrays;
import java.util.HexFormat;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * One message of the hash table.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class DhtTransaction extends Transaction {
    /** Nodes or peers that are told of a message; a message of 1,500 octets has up to 50. */
    static final int NODES_MAX = 128;

    private static final HexFormat HEX = HexFormat.of();
    private static final int ID_LENGTH = 20;
    private static final int PORT_LENGTH = 2;

    private final Bencode message;

    DhtTransaction(long number, byte[] octets) {
        super(AppProtocol.BITTORRENT_DHT, number);
        this.message = new Bencode(octets, 0, octets.length);
    }

    /** {@code q} for a query, {@code r} for a response, {@code e} for an error. */
    public String kind() {
        return text("y");
    }

    /** {@code ping}, {@code find_node}, {@code get_peers}, {@code announce_peer}; empty for responses. */
    public String query() {
        return text("q");
    }

    private String text(String key) {
        Bencode value = message.get(key);
        return value == null ? "" : OctetText.of(value.string());
    }

    @Override
    public String eventType() {
        return "bittorrent_dht";
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("bittorrent_dht");
        putHex(out, "transaction_id", message.get("t"));
        putHex(out, "client_version", message.get("v"));
        Bencode arguments = message.get("a");
        Bencode response = message.get("r");
        Bencode error = message.get("e");
        if (!query().isEmpty()) {
            out.put("request_type", query());
        }
        if (arguments != null && arguments.isDictionary()) {
            out.object("request");
            putHex(out, "id", arguments.get("id"));
            putHex(out, "target", arguments.get("target"));
            putHex(out, "info_hash", arguments.get("info_hash"));
            putHex(out, "token", arguments.get("token"));
            putNumber(out, "implied_port", arguments.get("implied_port"));
            putNumber(out, "port", arguments.get("port"));
            out.end();
        } else if (response != null && response.isDictionary()) {
            out.object("response");
            putHex(out, "id", response.get("id"));
            nodes(out, "nodes", response.get("nodes"), 4);
            nodes(out, "nodes6", response.get("nodes6"), 16);
            putHex(out, "token", response.get("token"));
            peers(out, response.get("values"));
            out.end();
        } else if (error != null && error.isList()) {
            error(out, error);
        }
        out.end();
    }

    private static void error(EveFields out, Bencode list) {
        Bencode code = list.first();
        Bencode text = code == null ? null : code.after(list);
        out.object("error");
        putNumber(out, "num", code);
        if (text != null) {
            out.put("msg", OctetText.of(text.string()));
        }
        out.end();
    }

    private static void putHex(EveFields out, String name, @Nullable Bencode value) {
        if (value != null) {
            out.put(name, HEX.formatHex(value.string()));
        }
    }

    private static void putNumber(EveFields out, String name, @Nullable Bencode value) {
        if (value != null) {
            out.put(name, value.number());
        }
    }

    private static void nodes(EveFields out, String name, @Nullable Bencode value, int addressLength) {
        if (value == null) {
            return;
        }
        byte[] octets = value.string();
        int each = ID_LENGTH + addressLength + PORT_LENGTH;
        out.array(name);
        for (int i = 0; i < NODES_MAX && (i + 1) * each <= octets.length; i++) {
            out.object().put("id", HEX.formatHex(octets, i * each, i * each + ID_LENGTH));
            endpoint(out, octets, i * each + ID_LENGTH, addressLength);
            out.end();
        }
        out.end();
    }

    private static void peers(EveFields out, @Nullable Bencode list) {
        if (list == null || !list.isList()) {
            return;
        }
        out.array("values");
        Bencode peer = list.first();
        for (int i = 0; i < NODES_MAX && peer != null; i++) {
            byte[] octets = peer.string();
            int addressLength = octets.length - PORT_LENGTH;
            if (addressLength == 4 || addressLength == 16) {
                out.object();
                endpoint(out, octets, 0, addressLength);
                out.end();
            }
            peer = peer.after(list);
        }
        out.end();
    }

    private static void endpoint(EveFields out, byte[] octets, int at, int addressLength) {
        int port = at + addressLength;
        out.put("ip", Address.ofBytes(Arrays.copyOfRange(octets, at, port)).toEveString());
        out.put("port", (octets[port] & 0xff) << 8 | octets[port + 1] & 0xff);
    }
}
