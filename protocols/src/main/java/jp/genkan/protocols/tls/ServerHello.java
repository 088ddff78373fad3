package jp.genkan.protocols.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server's first message (RFC 8446 §4.1.3), of TLS over TCP or of QUIC.
 *
 * <p>Thread rule: immutable; the fingerprint is made when it is asked for.
 */
public final class ServerHello {
    private static final int[] NONE = {};
    private static final byte[] RETRY = HexFormat.of()
            .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"); // RFC 8446 §4.1.3

    private final Set<TlsEvent> events = EnumSet.noneOf(TlsEvent.class);
    private final int legacyVersion;
    private final byte[] random;
    private final byte[] sessionId;
    private final int cipher;
    private final List<String> alpns = new ArrayList<>();
    private int[] extensions = NONE;
    private int selectedVersion;
    private boolean preSharedKey;
    private @Nullable String ja3s;

    private ServerHello(OctetReader in) {
        legacyVersion = in.u16();
        random = in.copy(32);
        boolean earlyDraft = legacyVersion >> 8 == 0x7f; // drafts before 22 leave the session out
        sessionId = earlyDraft ? new byte[0] : in.copy(in.u8());
        cipher = in.u16();
        if (!earlyDraft) {
            in.u8(); // compression
        }
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

    /** Reads the body of the message, without its header. */
    public static ServerHello read(byte[] octets, int from, int to) {
        return new ServerHello(new OctetReader(octets, from, to));
    }

    private void readExtensions(OctetReader block) {
        int[] types = new int[Math.min(block.remaining() / 4, ClientHello.LIST_MAX)];
        int count = 0;
        while (block.remaining() >= 4 && count < types.length) {
            int type = block.u16();
            types[count++] = type;
            OctetReader body = block.vector(block.u16());
            switch (type) {
                case TlsExtension.ALPN -> TlsExtension.readAlpn(body, alpns);
                case TlsExtension.SUPPORTED_VERSIONS -> selectedVersion = body.u16();
                case TlsExtension.PRE_SHARED_KEY -> preSharedKey = true;
                default -> {
                    // its type alone counts
                }
            }
        }
        extensions = Arrays.copyOf(types, count);
    }

    /** What is wrong with it. */
    Set<TlsEvent> events() {
        return events;
    }

    /** The version of its fixed part. */
    public int legacyVersion() {
        return legacyVersion;
    }

    /** The version that holds. */
    public int version() {
        return selectedVersion == 0 ? legacyVersion : selectedVersion;
    }

    /** True when it asks for another hello. */
    public boolean isRetryRequest() {
        return Arrays.equals(random, RETRY);
    }

    /** The server's 32 random octets; a copy. */
    public byte[] random() {
        return random.clone();
    }

    byte[] sessionId() {
        return sessionId;
    }

    /** The cipher suite that holds. */
    public int cipher() {
        return cipher;
    }

    /** Types of the extensions in order. */
    public int[] extensions() {
        return extensions.clone();
    }

    /** The application protocol that holds, where it is not encrypted. */
    public List<String> alpns() {
        return List.copyOf(alpns);
    }

    /** True when it goes on with a session by a key that both had before (TLS 1.3). */
    public boolean usesPreSharedKey() {
        return preSharedKey;
    }

    /** JA3S's text. */
    public String ja3s() {
        String made = ja3s;
        if (made == null) {
            made = Fingerprints.ja3s(this);
            ja3s = made;
        }
        return made;
    }
}
