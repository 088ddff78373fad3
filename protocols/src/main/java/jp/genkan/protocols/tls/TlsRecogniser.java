package jp.genkan.protocols.tls;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows TLS by its first record, in either direction: a hello, an alert, or, where the beginning was not seen, encrypted data. SSL 2.0 it knows by a hello
 * whose lengths add up.
 *
 * <p>Thread rule: stateless.
 */
public final class TlsRecogniser implements Recogniser {
    private static final int RECORD_HEADER = 5;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    /** The one there is. */
    public TlsRecogniser() {}

    @Override
    public Recognition recognise(Opening opening) {
        Recognition fromClient = of(opening, Direction.TO_SERVER);
        if (fromClient == Recognition.YES) {
            return fromClient;
        }
        Recognition fromServer = of(opening, Direction.TO_CLIENT);
        if (fromServer == Recognition.YES) {
            return fromServer;
        }
        boolean clientNo = fromClient == Recognition.NO && opening.length(Direction.TO_SERVER) > 0;
        boolean serverNo = fromServer == Recognition.NO && opening.length(Direction.TO_CLIENT) > 0;
        return clientNo || serverNo ? Recognition.NO : Recognition.MORE;
    }

    private static Recognition of(Opening opening, Direction direction) {
        byte[] octets = opening.octets(direction);
        int length = opening.length(direction);
        if (length == 0) {
            return Recognition.MORE;
        }
        if ((octets[0] & 0x80) != 0) {
            return direction.isToServer() ? oldHello(octets, length) : Recognition.NO;
        }
        int type = octets[0];
        if (type != HANDSHAKE && type != ALERT && type != APPLICATION_DATA) {
            return Recognition.NO;
        }
        if (length > 1 && octets[1] != 3 || length > 2 && (octets[2] < 0 || octets[2] > 4)) {
            return Recognition.NO;
        }
        if (length <= RECORD_HEADER) {
            return Recognition.MORE;
        }
        int recordLength = (octets[3] & 0xff) << 8 | octets[4] & 0xff;
        if (recordLength == 0 || recordLength > TlsParser.RECORD_MAX) {
            return Recognition.NO;
        }
        int hello = direction.isToServer() ? HandshakeMessages.CLIENT_HELLO : HandshakeMessages.SERVER_HELLO;
        boolean fits = switch (type) {
            case HANDSHAKE -> octets[RECORD_HEADER] == hello || opening.isAfterGap(direction);
            case ALERT -> octets[RECORD_HEADER] == 1 || octets[RECORD_HEADER] == 2;
            default -> true;
        };
        return fits ? Recognition.YES : Recognition.NO;
    }

    /** The lengths inside must make up the length of the whole. */
    private static Recognition oldHello(byte[] octets, int length) {
        if (length > 2 && octets[2] != 1 || length > 3 && octets[3] != 0 && octets[3] != 3) {
            return Recognition.NO;
        }
        if (length < 11) {
            return Recognition.MORE;
        }
        OctetReader in = new OctetReader(octets, 0, 11);
        int whole = in.u16() & 0x7fff;
        in.skip(3);
        int ciphers = in.u16();
        int parts = ciphers + in.u16() + in.u16();
        return ciphers > 0 && ciphers % 3 == 0 && whole == 9 + parts ? Recognition.YES : Recognition.NO;
    }
}
