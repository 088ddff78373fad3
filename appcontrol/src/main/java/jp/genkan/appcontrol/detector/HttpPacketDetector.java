package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.definition.AppNames;
import jp.genkan.appcontrol.signature.Payload;
import jp.genkan.appcontrol.signature.Signature.Strength;

/** The host in a request of HTTP that lies in one packet: for connections that were joined too late to be read as a stream. */
final class HttpPacketDetector implements Detector {
    /** Octets in which the Host field is looked for; browsers send it first. */
    private static final int HOST_WITHIN = 1024;

    private final int http;

    HttpPacketDetector(AppNames names) {
        http = names.number("HTTP");
    }

    @Override
    public long inspect(Payload payload, long[] memory, int at) {
        boolean request = payload.has(0, "GET /") || payload.has(0, "POST /") || payload.has(0, "HEAD /");
        if (!request || payload.find(" HTTP/1.", 4, HOST_WITHIN) < 0) {
            return Finding.NONE;
        }
        int host = payload.find("\r\nHost: ", 10, HOST_WITHIN);
        if (host >= 0) {
            int from = host + 8;
            int to = from;
            while (to < payload.here() && payload.u8(to) > ' ' && payload.u8(to) != ':') {
                to++;
            }
            payload.noteName(from, to);
        }
        return Finding.of(http, 0, Strength.WEAK);
    }
}
