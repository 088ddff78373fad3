package jp.genkan.appcontrol.definition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Octets in a definition: {@code "text"}, {@code "text"i} without regard to case, or {@code xff01??4?} with question marks for half octets that may be
 * anything.
 *
 * @param wanted the octets, where the mask has no 1 bits 0
 * @param mask which bits count
 * @param ignoreCase true for text without regard to case
 */
record OctetPattern(byte[] wanted, byte[] mask, boolean ignoreCase) {
    /** Most octets; a longer one would tell nothing more. */
    static final int OCTETS_MAX = 256;

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    static OctetPattern parse(String text) {
        OctetPattern pattern;
        if (text.startsWith("\"")) {
            pattern = quoted(text);
        } else if (text.startsWith("x")) {
            pattern = hex(text.substring(1), text);
        } else {
            throw new IllegalArgumentException("'" + text + "': octets are written \"text\" or x0aff");
        }
        if (pattern.wanted.length == 0 || pattern.wanted.length > OCTETS_MAX) {
            throw new IllegalArgumentException("'" + text + "': 1 to " + OCTETS_MAX + " octets can be looked for");
        }
        return pattern;
    }

    private static OctetPattern quoted(String text) {
        int end = text.lastIndexOf('"');
        boolean ignoreCase = text.endsWith("\"i");
        if (end == 0 || !ignoreCase && end != text.length() - 1) {
            throw new IllegalArgumentException(text + ": nothing but an i may stand behind the text");
        }
        byte[] octets = unescaped(text.substring(1, end), text);
        byte[] mask = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            mask[i] = (byte) 0xff;
            if (ignoreCase && octets[i] >= 'A' && octets[i] <= 'Z') {
                octets[i] |= 0x20;
            }
        }
        return new OctetPattern(octets, mask, ignoreCase);
    }

    /** The octets of a text with {@code \r \n \t \0 \\ \" \xHH}. */
    static byte[] unescaped(String quoted, String whole) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < quoted.length()) {
            char c = quoted.charAt(at++);
            if (c != '\\') {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char escaped = at < quoted.length() ? quoted.charAt(at++) : ' ';
            switch (escaped) {
                case 'r' -> out.write('\r');
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case '0' -> out.write(0);
                case '\\', '"' -> out.write(escaped);
                case 'x' -> {
                    int value = at + 2 <= quoted.length()
                            ? digit(quoted.charAt(at)) * 16 + digit(quoted.charAt(at + 1))
                            : -1;
                    if (value < 0) {
                        throw new IllegalArgumentException(whole + ": \\x wants two hexadecimal digits");
                    }
                    out.write(value);
                    at += 2;
                }
                default ->
                    throw new IllegalArgumentException(
                            whole + ": \\" + escaped + " is not known; \\r \\n \\t \\0" + " \\\\ \\\" \\xHH are");
            }
        }
        return out.toByteArray();
    }

    private static int digit(char c) {
        int digit = Character.digit(c, 16);
        return digit < 0 ? -1000 : digit;
    }

    private static OctetPattern hex(String digits, String text) {
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException("'" + text + "': an odd number of hexadecimal digits");
        }
        byte[] wanted = new byte[digits.length() / 2];
        byte[] mask = new byte[wanted.length];
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int value = c == '?' ? 0 : Character.digit(c, 16);
            if (value < 0) {
                throw new IllegalArgumentException("'" + text + "': '" + c + "' is neither a hexadecimal digit nor ?");
            }
            int shift = i % 2 == 0 ? 4 : 0;
            wanted[i / 2] |= (byte) (value << shift);
            mask[i / 2] |= (byte) ((c == '?' ? 0 : 0xf) << shift);
        }
        return new OctetPattern(wanted, mask, false);
    }
}
