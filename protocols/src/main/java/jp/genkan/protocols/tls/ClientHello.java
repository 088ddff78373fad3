package jp.genkan.protocols.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's first message (RFC 8446 §4.1.2), of TLS over TCP or of QUIC. What is cut short is read as far as it goes.
 *
 * <p>Thread rule: immutable; fingerprints are made when they are asked for.
 */
public final class ClientHello {
    /** Most entries of a list that are kept. The longest lists of real clients have about 200 ciphers; what is beyond does not count for anything. */
    public static final int LIST_MAX = 1024;

    /** Most application protocols that are kept; real clients offer fewer than ten. */
    public static final int ALPN_MAX = 32;

    /** Longest server name: RFC 1035 §2.3.4. A longer one is taken for none. */
    public static final int SNI_MAX = 255;

    private static final int[] NONE = {};

    private final Set<TlsEvent> events = EnumSet.noneOf(TlsEvent.class);
    private final int legacyVersion;
    private final byte[] random;
    private final byte[] sessionId;
    private final int[] ciphers;
    private final List<String> alpns = new ArrayList<>();
    private int[] extensions = NONE;
    private int[] groups = NONE;
    private int[] pointFormats = NONE;
    private int[] signatureAlgorithms = NONE;
    private int[] versions = NONE;
    private @Nullable String sni;
    private boolean serverNameExtension;
    private boolean ticket;
    private boolean encryptedHello;
    private boolean quicParameters;
    private boolean sslV2;
    private @Nullable String ja3;
    private @Nullable String ja4;

    private ClientHello(OctetReader in) {
        legacyVersion = in.u16();
        random = in.copy(32);
        sessionId = in.copy(in.u8());
        ciphers = in.vector(in.u16()).u16List(LIST_MAX);
        in.skip(in.u8()); // compression methods
        boolean cutShort = in.hasFailed();
        if (in.remaining() > 0) {
            OctetReader block = in.vector(in.u16());
            cutShort |= in.hasFailed();
            readExtensions(block);
            cutShort |= block.hasFailed();
        }
        if (cutShort) {
            events.add(TlsEvent.HANDSHAKE_INVALID_LENGTH);
        }
    }

    private ClientHello(int version, int[] ciphers, byte[] sessionId, byte[] challenge) {
        this.legacyVersion = version;
        this.random = challenge;
        this.sessionId = sessionId;
        this.ciphers = ciphers;
        this.sslV2 = true;
    }

    /** Reads the body of the message, without its header. */
    public static ClientHello read(byte[] octets, int from, int to) {
        return new ClientHello(new OctetReader(octets, from, to));
    }

    /** Reads the old hello of SSL 2.0, behind its record header; null when it is none. */
    static @Nullable ClientHello readSslV2(byte[] octets, int from, int to) {
        OctetReader in = new OctetReader(octets, from, to);
        in.u8(); // message type
        int version = in.u16();
        int cipherOctets = in.u16();
        int sessionOctets = in.u16();
        int challengeOctets = in.u16();
        OctetReader specs = in.vector(cipherOctets);
        int[] ciphers = new int[Math.min(specs.remaining() / 3, LIST_MAX)];
        for (int i = 0; i < ciphers.length; i++) {
            ciphers[i] = specs.u24();
        }
        byte[] session = in.copy(sessionOctets);
        byte[] challenge = in.copy(challengeOctets);
        return in.hasFailed() || cipherOctets % 3 != 0 ? null : new ClientHello(version, ciphers, session, challenge);
    }

    private void readExtensions(OctetReader block) {
        int[] types = new int[Math.min(block.remaining() / 4, LIST_MAX)];
        int count = 0;
        while (block.remaining() >= 4 && count < types.length) {
            int type = block.u16();
            types[count++] = type;
            readExtension(type, block.vector(block.u16()));
        }
        extensions = Arrays.copyOf(types, count);
    }

    private void readExtension(int type, OctetReader body) {
        switch (type) {
            case TlsExtension.SERVER_NAME -> readServerName(body);
            case TlsExtension.SUPPORTED_GROUPS ->
                groups = body.vector(body.u16()).u16List(LIST_MAX);
            case TlsExtension.EC_POINT_FORMATS ->
                pointFormats = body.vector(body.u8()).u8List();
            case TlsExtension.SIGNATURE_ALGORITHMS ->
                signatureAlgorithms = body.vector(body.u16()).u16List(LIST_MAX);
            case TlsExtension.ALPN -> TlsExtension.readAlpn(body, alpns);
            case TlsExtension.SESSION_TICKET -> ticket = body.remaining() > 0;
            case TlsExtension.SUPPORTED_VERSIONS ->
                versions = body.vector(body.u8()).u16List(LIST_MAX);
            case TlsExtension.ENCRYPTED_CLIENT_HELLO, TlsExtension.ENCRYPTED_SERVER_NAME -> encryptedHello = true;
            case TlsExtension.QUIC_PARAMETERS, TlsExtension.QUIC_PARAMETERS_OF_DRAFTS -> quicParameters = true;
            default -> {
                // its type alone counts
            }
        }
    }

    private void readServerName(OctetReader body) {
        if (serverNameExtension) {
            events.add(TlsEvent.MULTIPLE_SNI_EXTENSIONS);
            return;
        }
        serverNameExtension = true;
        if (body.remaining() == 0) {
            return;
        }
        OctetReader list = body.vector(body.u16());
        int type = list.u8();
        int length = list.u16();
        if (list.hasFailed() || body.hasFailed() || length > list.remaining() || length > SNI_MAX) {
            events.add(TlsEvent.INVALID_SNI_LENGTH);
        } else if (type != 0) {
            events.add(TlsEvent.INVALID_SNI_TYPE);
        } else if (length > 0) {
            sni = list.latin(length);
        }
    }

    /** What is wrong with it. */
    Set<TlsEvent> events() {
        return events;
    }

    /** The version of its fixed part. */
    public int legacyVersion() {
        return legacyVersion;
    }

    /** The highest version that it offers, GREASE left out. */
    public int highestVersion() {
        int highest = 0;
        for (int version : versions) {
            if (!TlsVersions.isGrease(version)) {
                highest = Math.max(highest, version);
            }
        }
        return highest == 0 ? legacyVersion : highest;
    }

    /** The client's 32 random octets; a copy. */
    public byte[] random() {
        return random.clone();
    }

    byte[] sessionId() {
        return sessionId;
    }

    /** True when it names a session that it wants to go on with. */
    public boolean offersTicket() {
        return ticket;
    }

    /** Cipher suites in order, GREASE included. */
    public int[] ciphers() {
        return ciphers.clone();
    }

    /** Types of the extensions in order, GREASE included. */
    public int[] extensions() {
        return extensions.clone();
    }

    /** Supported groups in order, GREASE included. */
    public int[] groups() {
        return groups.clone();
    }

    /** Formats of points on elliptic curves. */
    public int[] pointFormats() {
        return pointFormats.clone();
    }

    /** Signature algorithms in order. */
    public int[] signatureAlgorithms() {
        return signatureAlgorithms.clone();
    }

    /** The server name, as it came; null when there is none. With {@link #isEncrypted} it is the one of the outer hello. */
    public @Nullable String sni() {
        return sni;
    }

    /** True when it has the extension, even without a name in it. */
    public boolean hasServerNameExtension() {
        return serverNameExtension;
    }

    /** Application protocols that it offers. */
    public List<String> alpns() {
        return List.copyOf(alpns);
    }

    /** True when the true hello is encrypted in this one (ECH, or its forerunner), or pretends to be. */
    public boolean isEncrypted() {
        return encryptedHello;
    }

    /** True when it is one of QUIC. */
    public boolean isQuic() {
        return quicParameters;
    }

    /** True for the old form of SSL 2.0, of which no fingerprints are made. */
    public boolean isSslV2() {
        return sslV2;
    }

    /** JA3's text. */
    public String ja3() {
        String made = ja3;
        if (made == null) {
            made = Fingerprints.ja3(this);
            ja3 = made;
        }
        return made;
    }

    /** JA4. */
    public String ja4() {
        String made = ja4;
        if (made == null) {
            made = Fingerprints.ja4(this);
            ja4 = made;
        }
        return made;
    }
}
