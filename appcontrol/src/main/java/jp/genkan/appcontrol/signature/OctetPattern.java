package jp.genkan.appcontrol.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Octets in a definition: {@code "text"}, {@code "text"i} without regard to case, or {@code xff01??4?} with question marks for half octets that may be
 * anything.
 *
 * <p>Thread rule: immutable.
 */
public final class OctetPattern {
    /** Most octets; a longer one would tell nothing more. */
    public static final int OCTETS_MAX = 256;

    private final byte[] wanted;
    private final byte[] mask;
    private final boolean ignoreCase;

    private OctetPattern(byte[] wanted, byte[] mask, boolean ignoreCase) {
        this.wanted = wanted;
        this.mask = mask;
        this.ignoreCase = ignoreCase;
    }

    int length() {
        return wanted.length;
    }

    /** Octets' worth of bits that it pins down. */
    int weight() {
        int bits = 0;
        for (byte octet : mask) {
            bits += Integer.bitCount(octet & 0xff);
        }
        return bits / 8;
    }

    /** True when its first octet may be this one. */
    boolean mayBeginWith(int octet) {
        int folded = ignoreCase && octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
        return ((folded ^ wanted[0]) & mask[0] & 0xff) == 0;
    }

    /** True when it stands there. */
    boolean standsAt(Payload payload, int at) {
        if (at < 0 || at + wanted.length > payload.here()) {
            return false;
        }
        byte[] octets = payload.octets();
        for (int i = 0; i < wanted.length; i++) {
            byte octet = octets[at + i];
            if (ignoreCase && octet >= 'A' && octet <= 'Z') {
                octet |= 0x20;
            }
            if (((octet ^ wanted[i]) & mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static OctetPattern parse(String text) {
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
