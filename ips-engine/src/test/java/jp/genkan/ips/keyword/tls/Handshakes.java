package jp.genkan.ips.keyword.tls;

import java.util.ArrayList;
import java.util.List;

/** Builds handshakes of TLS 1.2 for tests, one character an octet. */
final class Handshakes {
    private static final String TLS_1_2 = "\u0003\u0003";

    private Handshakes() {}

    static String u8(String body) {
        return (char) body.length() + body;
    }

    static String u16(String body) {
        return "" + (char) (body.length() >> 8) + (char) (body.length() & 0xff) + body;
    }

    static String u24(String body) {
        return '\0' + u16(body);
    }

    /** A record around one message. */
    static String message(int type, String body) {
        return "\u0016" + TLS_1_2 + u16((char) type + u24(body));
    }

    private static String extension(int type, String body) {
        return "" + (char) (type >> 8) + (char) (type & 0xff) + u16(body);
    }

    /** A client's hello with a random of 32 "r". */
    static String clientHello(String name, String... protocols) {
        StringBuilder alpn = new StringBuilder();
        for (String protocol : protocols) {
            alpn.append(u8(protocol));
        }
        String extensions = extension(0, u16('\0' + u16(name))) + extension(16, u16(alpn.toString()));
        return message(
                1, TLS_1_2 + "r".repeat(32) + u8("") + u16("\u00c0\u002f\u00c0\u0030") + u8("\0") + u16(extensions));
    }

    static String serverHello(String protocol) {
        return message(2, TLS_1_2 + "s".repeat(32) + u8("") + "\u00c0\u002f\0" + u16(extension(16, u16(u8(protocol)))));
    }

    /** A chain of these certificates. */
    static String certificates(String... chain) {
        List<String> parts = new ArrayList<>();
        for (String each : chain) {
            parts.add(u24(each));
        }
        return message(11, u24(String.join("", parts)));
    }

    private static String der(int tag, String body) {
        return (char) tag + (body.length() < 128 ? u8(body) : "\u0082" + u16(body));
    }

    private static String name(String common) {
        return der(0x30, der(0x31, der(0x30, der(6, "\u0055\u0004\u0003") + der(0x0c, common))));
    }

    /** A certificate, good from 2020 until 2030, as far as rules read it. */
    static String certificate(String subject, String issuer, String alternativeName) {
        String algorithm = der(0x30, der(6, "\u002a\u0003"));
        String names = der(0x30, der(0x82, alternativeName));
        String extensions = der(0xa3, der(0x30, der(0x30, der(6, "\u0055\u001d\u0011") + der(4, names))));
        String validity = der(0x30, der(0x17, "200101000000Z") + der(0x17, "300101000000Z"));
        String fields = der(2, "\u0001\u00ab")
                + algorithm
                + name(issuer)
                + validity
                + name(subject)
                + der(0x30, algorithm)
                + extensions;
        return der(0x30, der(0x30, der(0xa0, der(2, "\u0002")) + fields) + algorithm);
    }
}
