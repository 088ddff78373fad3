package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.definition.AppNames;
import jp.genkan.appcontrol.signature.Payload;
import jp.genkan.appcontrol.signature.Signature.Strength;

/**
 * DTLS (RFC 9147, RFC 6347): records whose lengths fill the packet.
 *
 * <pre>
 *   type 20-24 | version (16) fe ff, fe fd | epoch (16) | sequence (48) | length (16)
 * </pre>
 */
final class DtlsDetector implements Detector {
    private static final int HEADER = 13;

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int HANDSHAKE_HEADER = 12;

    /** Records of a packet that are gone through. */
    private static final int RECORDS_MAX = 8;

    private final int dtls;

    DtlsDetector(AppNames names) {
        dtls = names.number("DTLS");
    }

    @Override
    public long inspect(Payload payload, long[] memory, int at) {
        int from = 0;
        int records = 0;
        while (records < RECORDS_MAX && from < payload.length()) {
            if (!isRecord(payload, from)) {
                return Finding.NONE;
            }
            from += HEADER + (int) payload.u16(from + 11);
            records++;
        }
        if (payload.u8(0) == HANDSHAKE && payload.u8(HEADER) == CLIENT_HELLO) {
            HelloWalk.noteName(payload, HEADER + HANDSHAKE_HEADER, true);
        }
        return records > 0 && from <= payload.length() ? Finding.of(dtls, 0, Strength.MASTER) : Finding.NONE;
    }

    private static boolean isRecord(Payload payload, int from) {
        long type = payload.u8(from);
        long version = payload.u16(from + 1);
        boolean known = version == 0xfeff || version == 0xfefd || version == 0x0100 && type == 22;
        return type >= 20 && type <= 25 && known && payload.u16(from + 11) > 0;
    }
}
