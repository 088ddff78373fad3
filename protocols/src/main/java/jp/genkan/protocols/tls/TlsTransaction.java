package jp.genkan.protocols.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/** A handshake of TLS: EVE's {@code tls}. */
public final class TlsTransaction extends Transaction {
    private final @Nullable AppProtocol fromProtocol;
    private final List<byte[]> serverChain = new ArrayList<>();
    private final List<byte[]> clientChain = new ArrayList<>();
    private @Nullable ClientHello clientHello;
    private @Nullable ServerHello serverHello;
    private @Nullable Certificate serverCertificate;
    private @Nullable Certificate clientCertificate;
    private int version;
    private boolean resumed;
    private boolean helloRetried;
    private boolean serverKeyExchanged;
    private boolean clientKeyExchanged;
    private int alertDescription = -1;

    TlsTransaction(long number, @Nullable AppProtocol fromProtocol) {
        super(AppProtocol.TLS, number);
        this.fromProtocol = fromProtocol;
    }

    /** The client's hello, the second one when the server asked for another; null when it was not seen. */
    public @Nullable ClientHello clientHello() {
        return clientHello;
    }

    void clientHello(ClientHello hello) {
        clientHello = hello;
    }

    /** The server's hello; null when it was not seen. */
    public @Nullable ServerHello serverHello() {
        return serverHello;
    }

    void serverHello(ServerHello hello) {
        if (hello.isRetryRequest()) {
            helloRetried = true;
        } else {
            serverHello = hello;
        }
        version = hello.version();
    }

    @Override
    public boolean namesServer() {
        return sni() != null;
    }

    /** The server name that the client asks for; null when it says none. */
    public @Nullable String sni() {
        return clientHello == null ? null : clientHello.sni();
    }

    /** True when the client has, or pretends to have, a hello inside that is encrypted. */
    public boolean hasEncryptedHello() {
        return clientHello != null && clientHello.isEncrypted();
    }

    /** The version that holds, or that of SSL 2.0; 0 while it is not known. */
    public int version() {
        return version;
    }

    void version(int held) {
        version = held;
    }

    /** True when the server asked for a second hello. */
    public boolean isHelloRetried() {
        return helloRetried;
    }

    /** The server's own certificate; null when none was seen: TLS 1.3, a resumed session. */
    public @Nullable Certificate serverCertificate() {
        return serverCertificate;
    }

    void serverCertificate(@Nullable Certificate read) {
        serverCertificate = read;
    }

    /** The client's certificate; null when none was seen. */
    public @Nullable Certificate clientCertificate() {
        return clientCertificate;
    }

    void clientCertificate(@Nullable Certificate read) {
        clientCertificate = read;
    }

    /** The server's certificates as they came, its own first. */
    public List<byte[]> serverChain() {
        return List.copyOf(serverChain);
    }

    void addToServerChain(byte[] certificate) {
        serverChain.add(certificate);
    }

    /** The client's certificates as they came, its own first. */
    public List<byte[]> clientChain() {
        return List.copyOf(clientChain);
    }

    void addToClientChain(byte[] certificate) {
        clientChain.add(certificate);
    }

    /** True when this side's key exchange was seen, which TLS 1.3 has not. */
    public boolean hasExchangedKey(Direction sender) {
        return sender == Direction.TO_SERVER ? clientKeyExchanged : serverKeyExchanged;
    }

    void markKeyExchanged(Direction sender) {
        if (sender == Direction.TO_SERVER) {
            clientKeyExchanged = true;
        } else {
            serverKeyExchanged = true;
        }
    }

    /** True when an earlier session goes on. */
    public boolean isResumed() {
        return resumed;
    }

    void markResumed() {
        resumed = true;
    }

    /** The fatal alert that ended the handshake (RFC 8446 §6); -1 when none did. */
    public int alertDescription() {
        return alertDescription;
    }

    void alertDescription(int description) {
        alertDescription = description;
    }

    @Override
    public boolean isTold() {
        return clientHello != null || serverHello != null || version != 0;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("tls");
        writeCertificate(out, serverCertificate);
        if (resumed) {
            out.put("session_resumed", true);
        }
        ClientHello client = clientHello;
        if (client != null && client.sni() != null) {
            out.put("sni", shown(client.sni()));
        }
        out.put("version", TlsVersions.name(version));
        if (fromProtocol != null) {
            out.put("from_proto", fromProtocol.eveName());
        }
        if (serverCertificate != null) {
            array(out, "subjectaltname", serverCertificate.alternativeNames());
        }
        if (client != null && !client.isSslV2()) {
            writeClient(out, client);
        }
        if (serverHello != null) {
            writeServer(out, serverHello);
        }
        if (clientCertificate != null) {
            out.object("client");
            writeCertificate(out, clientCertificate);
            out.end();
        }
        out.end();
    }

    private static void writeCertificate(EveFields out, @Nullable Certificate certificate) {
        if (certificate == null) {
            return;
        }
        put(out, "subject", certificate.subject());
        put(out, "issuerdn", certificate.issuer());
        put(out, "serial", certificate.serial());
        out.put("fingerprint", certificate.fingerprint());
        if (certificate.notBefore() != null) {
            out.put("notbefore", Certificate.time(certificate.notBefore()));
        }
        if (certificate.notAfter() != null) {
            out.put("notafter", Certificate.time(certificate.notAfter()));
        }
    }

    private static void writeClient(EveFields out, ClientHello hello) {
        array(out, "client_alpns", hello.alpns());
        writeFingerprint(out, "ja3", hello.ja3());
        out.put("ja4", hello.ja4());
        out.object("client_handshake");
        out.put("version", TlsVersions.name(hello.legacyVersion()));
        array(out, "ciphers", hello.ciphers());
        array(out, "exts", hello.extensions());
        array(out, "sig_algs", hello.signatureAlgorithms());
        out.end();
    }

    private static void writeServer(EveFields out, ServerHello hello) {
        array(out, "server_alpns", hello.alpns());
        writeFingerprint(out, "ja3s", hello.ja3s());
        out.object("server_handshake");
        out.put("version", TlsVersions.name(hello.legacyVersion()));
        out.put("cipher", hello.cipher());
        array(out, "exts", hello.extensions());
        out.end();
    }

    private static void writeFingerprint(EveFields out, String name, String text) {
        out.object(name);
        out.put("hash", Fingerprints.md5(text));
        out.put("string", text);
        out.end();
    }

    private static void put(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }

    private static void array(EveFields out, String name, List<String> values) {
        if (!values.isEmpty()) {
            out.array(name);
            values.forEach(value -> out.add(shown(value)));
            out.end();
        }
    }

    private static void array(EveFields out, String name, int[] values) {
        if (values.length > 0) {
            out.array(name);
            for (int value : values) {
                out.add(value);
            }
            out.end();
        }
    }

    private static String shown(String latin) {
        return OctetText.of(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}
