package jp.genkan.protocols.quic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import jp.genkan.protocols.tls.ClientHello;
import jp.genkan.protocols.tls.Fingerprints;
import jp.genkan.protocols.tls.ServerHello;
import org.jspecify.annotations.Nullable;

/** A hello of QUIC, or a packet of Google's QUIC with its version: EVE's {@code quic}. */
public final class QuicTransaction extends Transaction {
    private final Direction direction;
    private final int version;
    private final @Nullable ClientHello clientHello;
    private final @Nullable ServerHello serverHello;
    private final @Nullable GoogleHello googleHello;

    QuicTransaction(
            long number,
            Direction direction,
            int version,
            @Nullable ClientHello clientHello,
            @Nullable ServerHello serverHello,
            @Nullable GoogleHello googleHello) {
        super(AppProtocol.QUIC, number);
        this.direction = direction;
        this.version = version;
        this.clientHello = clientHello;
        this.serverHello = serverHello;
        this.googleHello = googleHello;
    }

    @Override
    public Direction eventDirection() {
        return direction;
    }

    /** Who sent it. */
    public Direction direction() {
        return direction;
    }

    /** The number of the version on the wire. */
    public int version() {
        return version;
    }

    /** The client's hello; null when it is the server's, or Google's. */
    public @Nullable ClientHello clientHello() {
        return clientHello;
    }

    /** The server's hello; null when it is the client's. */
    public @Nullable ServerHello serverHello() {
        return serverHello;
    }

    @Override
    public boolean namesServer() {
        return sni() != null;
    }

    /** The server name that the client asks for; null when it says none. */
    public @Nullable String sni() {
        if (clientHello != null) {
            return clientHello.sni();
        }
        return googleHello == null ? null : googleHello.sni();
    }

    /** What the client says it is; null when it does not. */
    public @Nullable String userAgent() {
        return googleHello == null ? null : googleHello.userAgent();
    }

    /** Text of the fingerprint CYU; null when it is not Google's hello. */
    public @Nullable String cyu() {
        return googleHello == null ? null : googleHello.cyu(version);
    }

    /** True when the client has, or pretends to have, a hello inside that is encrypted. */
    public boolean hasEncryptedHello() {
        return clientHello != null && clientHello.isEncrypted();
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("quic");
        out.put("version", QuicVersion.name(version));
        String name = sni();
        if (name != null) {
            out.put("sni", shown(name));
        }
        String agent = userAgent();
        if (agent != null) {
            out.put("ua", shown(agent));
        }
        String cyu = cyu();
        if (cyu != null) {
            out.array("cyu");
            out.object();
            out.put("hash", Fingerprints.md5(cyu));
            out.put("string", cyu);
            out.end();
            out.end();
        }
        if (clientHello != null) {
            writeFingerprint(out, "ja3", clientHello.ja3());
            out.put("ja4", clientHello.ja4());
            writeExtensions(out, clientHello.extensions(), clientHello.sni(), clientHello.alpns());
        }
        if (serverHello != null) {
            writeFingerprint(out, "ja3s", serverHello.ja3s());
            writeExtensions(out, serverHello.extensions(), null, serverHello.alpns());
        }
        out.end();
    }

    private static void writeFingerprint(EveFields out, String name, String text) {
        out.object(name);
        out.put("hash", Fingerprints.md5(text));
        out.put("string", text);
        out.end();
    }

    private static void writeExtensions(EveFields out, int[] types, @Nullable String sni, List<String> alpns) {
        out.array("extensions");
        for (int type : types) {
            out.object();
            String name = ExtensionNames.of(type);
            if (name != null) {
                out.put("name", name);
            }
            out.put("type", type);
            if (type == ExtensionNames.SERVER_NAME && sni != null) {
                writeValues(out, List.of(sni));
            } else if (type == ExtensionNames.ALPN) {
                writeValues(out, alpns);
            }
            out.end();
        }
        out.end();
    }

    private static void writeValues(EveFields out, List<String> values) {
        out.array("values");
        values.forEach(value -> out.add(shown(value)));
        out.end();
    }

    private static String shown(String latin) {
        return OctetText.of(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}
