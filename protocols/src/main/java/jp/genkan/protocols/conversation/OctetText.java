package jp.genkan.protocols.conversation;

import java.nio.charset.StandardCharsets;

/**
 * Octets from the wire as an event shows them, the way EVE does: as they are when they are UTF-8; otherwise every octet that is not printable
 * ASCII as {@code \x} and two hexadecimal digits.
 */
public final class OctetText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int ESCAPED_LENGTH = 4;
    private static final char REPLACEMENT = '\ufffd';

    private OctetText() {}

    /** The text of these octets. */
    public static String of(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] < 0) {
                return beyondAscii(octets, from, to);
            }
        }
        return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The text of all octets of an array. */
    public static String of(byte[] octets) {
        return of(octets, 0, octets.length);
    }

    private static String beyondAscii(byte[] octets, int from, int to) {
        String text = new String(octets, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : escaped(octets, from, to);
    }

    private static String escaped(byte[] octets, int from, int to) {
        StringBuilder text = new StringBuilder((to - from) * ESCAPED_LENGTH);
        for (int i = from; i < to; i++) {
            int octet = octets[i] & 0xff;
            if (octet >= 0x20 && octet < 0x7f) {
                text.append((char) octet);
            } else {
                text.append("\\x").append(HEX[octet >>> 4]).append(HEX[octet & 15]);
            }
        }
        return text.toString();
    }
}
