package jp.genkan.ips.keyword.transform;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Changes of texts that take no options. All read ASCII, as Suricata does, whatever the language of the machine. */
final class TextChanges {
    private static final int DOT = '.';
    private static final int ESCAPE_LENGTH = 3; // %41
    private static final int HEXADECIMAL = 16;

    private TextChanges() {}

    static byte[] lower(byte[] octets, int from, int to) {
        byte[] out = Arrays.copyOfRange(octets, from, to);
        for (int i = 0; i < out.length; i++) {
            out[i] = lower(out[i]);
        }
        return out;
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + ('a' - 'A')) : octet;
    }

    static byte[] upper(byte[] octets, int from, int to) {
        byte[] out = Arrays.copyOfRange(octets, from, to);
        for (int i = 0; i < out.length; i++) {
            if (out[i] >= 'a' && out[i] <= 'z') {
                out[i] = (byte) (out[i] - ('a' - 'A'));
            }
        }
        return out;
    }

    /** What C's {@code isspace} calls white space. */
    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet >= '\t' && octet <= '\r';
    }

    static byte[] stripSpace(byte[] octets, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (!isSpace(octets[i])) {
                out[length++] = octets[i];
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** Of white space that follows white space nothing is left. */
    static byte[] compressSpace(byte[] octets, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        boolean before = false;
        for (int i = from; i < to; i++) {
            boolean space = isSpace(octets[i]);
            if (!space || !before) {
                out[length++] = space ? (byte) ' ' : octets[i];
            }
            before = space;
        }
        return Arrays.copyOf(out, length);
    }

    static byte[] dotPrefix(byte[] octets, int from, int to) {
        byte[] out = new byte[to - from + 1];
        out[0] = (byte) DOT;
        System.arraycopy(octets, from, out, 1, to - from);
        return out;
    }

    /** Names of headers in lower case, up to the colon of each line. */
    static byte[] lowerHeaderNames(byte[] octets, int from, int to) {
        byte[] out = Arrays.copyOfRange(octets, from, to);
        boolean name = true;
        for (int i = 0; i < out.length; i++) {
            if (out[i] == '\n') {
                name = true;
            } else if (out[i] == ':') {
                name = false;
            } else if (name) {
                out[i] = lower(out[i]);
            }
        }
        return out;
    }

    /** Leaves out lines that begin with a colon: HTTP/2's own headers. */
    static byte[] stripPseudoHeaders(byte[] octets, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        boolean lineBegins = true;
        boolean left = false;
        for (int i = from; i < to; i++) {
            if (lineBegins) {
                left = octets[i] == ':';
            }
            lineBegins = octets[i] == '\n';
            if (!left) {
                out[length++] = octets[i];
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** A percent sign without two digits stays as it is. */
    static byte[] urlDecode(byte[] octets, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            int octet = octets[at];
            if (octet == '%' && at + ESCAPE_LENGTH <= to) {
                int high = Character.digit(octets[at + 1], HEXADECIMAL);
                int low = Character.digit(octets[at + 2], HEXADECIMAL);
                if (high >= 0 && low >= 0) {
                    out[length++] = (byte) (high << 4 | low);
                    at += ESCAPE_LENGTH;
                    continue;
                }
            }
            out[length++] = octet == '+' ? (byte) ' ' : (byte) octet;
            at++;
        }
        return Arrays.copyOf(out, length);
    }

    /** A digest's octets, not in hexadecimal. */
    static NamedTransform.Change digest(String algorithm) {
        newDigest(algorithm);
        return (octets, from, to) -> {
            MessageDigest digest = newDigest(algorithm);
            digest.update(octets, from, to - from);
            return digest.digest();
        };
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
