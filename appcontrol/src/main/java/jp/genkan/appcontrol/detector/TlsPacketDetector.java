package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.definition.AppNames;
import jp.genkan.appcontrol.signature.Payload;
import jp.genkan.appcontrol.signature.Signature.Strength;

/**
 * The server's name in a TLS hello that lies in one packet: known at once, also where the connection was joined too late to be read as a stream.
 *
 * <p>The hello, RFC 8446 §4.1.2: version (16), random (32 octets), session, [cookie, in DTLS], ciphers, compression, extensions.
 */
final class TlsPacketDetector implements Detector {
    private static final int RECORD = 5;

    private final int tls;

    TlsPacketDetector(AppNames names) {
        tls = names.number("TLS");
    }

    @Override
    public long inspect(Payload payload, long[] memory, int at) {
        if (payload.u8(0) != 0x16 || payload.u8(1) != 3 || payload.u8(2) > 4 || payload.u8(5) != 1) {
            return Finding.NONE;
        }
        HelloWalk.noteName(payload, RECORD + 4, false);
        return Finding.of(tls, 0, Strength.MASTER);
    }
}
