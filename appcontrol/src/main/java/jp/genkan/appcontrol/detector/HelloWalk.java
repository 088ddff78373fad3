package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.signature.Payload;

/** Walks a hello of TLS or DTLS to the server's name, without making anything of the rest. Stateless. */
final class HelloWalk {
    /** Extensions that are passed over; browsers send some twenty. */
    private static final int EXTENSIONS_MAX = 48;

    private static final int VERSION_AND_RANDOM = 34;

    private HelloWalk() {}

    /**
     * Notes in the payload where the server's name stands, if it has one.
     *
     * @param body where the hello's version stands
     * @param cookie true when a cookie follows the session: DTLS
     */
    static void noteName(Payload payload, int body, boolean cookie) {
        int at = body + VERSION_AND_RANDOM;
        at = behind(at, payload.u8(at), 1);
        if (cookie) {
            at = behind(at, payload.u8(at), 1);
        }
        at = behind(at, payload.u16(at), 2);
        at = behind(at, payload.u8(at), 1);
        if (at < 0 || payload.u16(at) == Payload.NONE) {
            return;
        }
        at += 2;
        for (int i = 0; i < EXTENSIONS_MAX; i++) {
            long type = payload.u16(at);
            long length = payload.u16(at + 2);
            if (type == Payload.NONE || length == Payload.NONE) {
                return;
            }
            if (type == 0 && length > 5) {
                int nameLength = (int) payload.u16(at + 7);
                if (payload.u8(at + 6) == 0 && nameLength > 0 && at + 9 + nameLength <= payload.here()) {
                    payload.noteName(at + 9, at + 9 + nameLength);
                }
                return;
            }
            at += 4 + (int) length;
        }
    }

    private static int behind(int at, long length, int width) {
        return at < 0 || length == Payload.NONE ? Integer.MIN_VALUE / 2 : at + width + (int) length;
    }
}
