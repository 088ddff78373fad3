package jp.genkan.urlfilter.url;

import java.util.Arrays;

/** What octets mean in URLs. Functions of their arguments alone. */
final class UrlOctets {
    private static final byte UNRESERVED = 1; // RFC 3986 §2.3
    private static final byte PATH = 2; // pchar of RFC 3986 §3.3 but escapes, and the slash
    private static final byte QUERY =
            4; // the same and the question mark; not the apostrophe, which browsers escape there
    private static final byte FORBIDDEN = 8; // forbidden domain code points of the URL Standard §3.1

    private static final byte[] CLASSES = classes();

    private UrlOctets() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int octet = 0; octet <= ' '; octet++) {
            classes[octet] |= FORBIDDEN;
        }
        mark(classes, "#/:<>?@[\\]^|%\u007f", FORBIDDEN);
        mark(classes, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~", UNRESERVED | PATH | QUERY);
        mark(classes, "!$&()*+,;=:@/", PATH | QUERY);
        mark(classes, "'", PATH);
        mark(classes, "?", QUERY);
        return classes;
    }

    private static void mark(byte[] classes, String octets, int with) {
        for (int i = 0; i < octets.length(); i++) {
            classes[octets.charAt(i)] |= (byte) with;
        }
    }

    static boolean isUnreserved(int octet) {
        return (CLASSES[octet & 0xff] & UNRESERVED) != 0;
    }

    static boolean isOfPath(int octet) {
        return (CLASSES[octet & 0xff] & PATH) != 0;
    }

    static boolean isOfQuery(int octet) {
        return (CLASSES[octet & 0xff] & QUERY) != 0;
    }

    static boolean isForbiddenInDomain(int octet) {
        return (CLASSES[octet & 0xff] & FORBIDDEN) != 0;
    }

    static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }

    static boolean isLetter(int octet) {
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(int octet) {
        if (isDigit(octet)) {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static byte hexDigit(int value) {
        return (byte) (value < 10 ? '0' + value : 'A' + value - 10);
    }

    /** The octet that an escape at this place stands for; -1 where there is none. */
    static int escaped(byte[] text, int at, int to) {
        if (text[at] != '%' || at + 2 >= to) {
            return -1;
        }
        int first = hex(text[at + 1]);
        int second = hex(text[at + 2]);
        return first < 0 || second < 0 ? -1 : first << 4 | second;
    }

    static byte[] percentDecode(byte[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            int octet = escaped(text, i, to);
            if (octet >= 0) {
                i += 2;
            } else {
                octet = text[i];
            }
            out[length++] = (byte) octet;
        }
        return Arrays.copyOf(out, length);
    }
}
