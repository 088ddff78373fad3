package jp.genkan.protocols.tls;

import jp.genkan.core.observation.Direction;

/** Types of handshake messages, from IANA's registry. */
public final class HandshakeMessages {
    /** The client's first message. */
    public static final int CLIENT_HELLO = 1;

    /** The server's first message. */
    public static final int SERVER_HELLO = 2;

    /** A chain of certificates. */
    public static final int CERTIFICATE = 11;

    private static final int SERVER_KEY_EXCHANGE = 12;
    private static final int CLIENT_KEY_EXCHANGE = 16;
    private static final int NEXT_PROTOCOL = 67; // NPN, before ALPN

    private HandshakeMessages() {}

    static boolean isKnown(int type) {
        return type >= 0 && type <= 6
                || type == 8
                || type >= CERTIFICATE && type <= 16
                || type >= 20 && type <= 25
                || type == NEXT_PROTOCOL;
    }

    /** The type of the key exchange that this side sends. */
    static int keyExchangeOf(Direction sender) {
        return sender == Direction.TO_SERVER ? CLIENT_KEY_EXCHANGE : SERVER_KEY_EXCHANGE;
    }

    static boolean isRead(int type) {
        return type == CLIENT_HELLO || type == SERVER_HELLO || type == CERTIFICATE;
    }
}
