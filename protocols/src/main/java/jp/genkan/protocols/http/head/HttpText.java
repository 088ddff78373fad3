package jp.genkan.protocols.http.head;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Octets of a head compared as ASCII without regard to case, and shown as text.
 *
 * <p>Thread rule: stateless.
 */
public final class HttpText {
    private static final HexFormat HEX = HexFormat.of();

    private HttpText() {}

    /** True when the octets are this word in any case; the word is in lower case. */
    public static boolean equalsIgnoringCase(byte[] octets, int from, int to, String lowerCase) {
        return to - from == lowerCase.length() && startsIgnoringCase(octets, from, to, lowerCase);
    }

    /** True when the octets begin with this word in any case; the word is in lower case. */
    public static boolean startsIgnoringCase(byte[] octets, int from, int to, String lowerCase) {
        if (to - from < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(octets[from + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** An upper-case ASCII letter as lower case, everything else as it is. */
    public static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet & 0xff;
    }

    /** What the parsers of this package take for white space inside a line: RFC 9112 §2.2 warns of the others. */
    public static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == 0x0b || octet == '\f';
    }

    /** Index of the first octet that is not white space. */
    public static int skipBlanks(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && isBlank(octets[at])) {
            at++;
        }
        return at;
    }

    /** Index behind the last octet that is not white space. */
    public static int trimBlanks(byte[] octets, int from, int to) {
        int at = to;
        while (at > from && isBlank(octets[at - 1])) {
            at--;
        }
        return at;
    }

    /** Index of an octet, -1 when it is not there. */
    public static int indexOf(byte[] octets, int from, int to, int octet) {
        for (int i = from; i < to; i++) {
            if (octets[i] == octet) {
                return i;
            }
        }
        return -1;
    }

    /** Value of a hexadecimal digit, -1 when it is none. */
    public static int hexDigit(int octet) {
        if (octet >= '0' && octet <= '9') {
            return octet - '0';
        }
        int letter = octet | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /** Octets as text for an event: UTF-8 where they are that, otherwise with {@code \xNN} for what is not ASCII, as Suricata writes it. */
    public static String show(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] >= 0) {
            at++;
        }
        if (at == to) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return escaped(octets, from, to);
        }
    }

    private static String escaped(byte[] octets, int from, int to) {
        StringBuilder text = new StringBuilder(to - from + 16);
        for (int i = from; i < to; i++) {
            if (octets[i] >= 0) {
                text.append((char) octets[i]);
            } else {
                text.append("\\x").append(HEX.toHexDigits(octets[i]));
            }
        }
        return text.toString();
    }
}
