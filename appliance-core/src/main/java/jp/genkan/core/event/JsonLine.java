package jp.genkan.core.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of one JSON line as they grow: numbers and escaped text straight into an array, without strings in between.
 *
 * <p>Text may be hostile. Quotes, backslashes and control characters (C0, DEL and C1, which steer terminals) are escaped, so that an event
 * never spans two lines; a lone surrogate becomes U+FFFD, so that the bytes are always valid UTF-8 (RFC 8259 §8.1).
 *
 * <p>Thread rule: one owner.
 */
final class JsonLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LONG_MIN = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);

    /** Longest escape of one {@code char}: a {@code \\u} with four digits. */
    private static final int ESCAPED_CHAR_BYTES_MAX = 6;

    private static final int DECIMAL_DIGITS_MAX = 20;
    private static final int INITIAL_BYTES = 2_048;
    private static final int REPLACEMENT = 0xfffd;

    private final int bytesMax;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    /**
     * An empty line.
     *
     * @param bytesMax most octets it may grow to
     */
    JsonLine(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    void clear() {
        length = 0;
    }

    /** The array that holds the line; replaced when the line grows. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** One ASCII character that needs no escape. */
    void raw(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    /** ASCII that needs no escape. */
    void raw(String ascii) {
        int count = ascii.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    void raw(byte[] ascii, int count) {
        ensure(count);
        System.arraycopy(ascii, 0, bytes, length, count);
        length += count;
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            raw(LONG_MIN, LONG_MIN.length);
            return;
        }
        ensure(DECIMAL_DIGITS_MAX);
        if (value < 0) {
            bytes[length++] = '-';
            value = -value;
        }
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        padded(value, digits);
    }

    /** A number that is not negative, with exactly so many digits, leading zeros included. */
    void padded(long value, int digits) {
        ensure(digits);
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        length += digits;
    }

    /** The last {@code digits} hexadecimal digits of a number. */
    void hex(long value, int digits) {
        ensure(digits);
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = HEX[(int) value & 15];
            value >>>= 4;
        }
        length += digits;
    }

    /** A text with its quotes, escaped; of a longer one only the first {@code charsMax} characters. */
    void quoted(String text, int charsMax) {
        int count = Math.min(text.length(), charsMax);
        raw('"');
        int at = 0;
        while (at < count) {
            at = plain(text, at, count);
            if (at < count) {
                char c = text.charAt(at++);
                if (Character.isHighSurrogate(c) && at < count && Character.isLowSurrogate(text.charAt(at))) {
                    utf8(Character.toCodePoint(c, text.charAt(at++)));
                } else {
                    unusual(c);
                }
            }
        }
        raw('"');
    }

    /** Appends characters as long as they need no escape; returns the index of the first that does. */
    private int plain(String text, int from, int to) {
        ensure(to - from);
        byte[] into = bytes;
        int end = length;
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                break;
            }
            into[end++] = (byte) c;
            at++;
        }
        length = end;
        return at;
    }

    private void unusual(char c) {
        switch (c) {
            case '"' -> raw("\\\"");
            case '\\' -> raw("\\\\");
            case '\n' -> raw("\\n");
            case '\r' -> raw("\\r");
            case '\t' -> raw("\\t");
            default -> {
                if (c < 0xa0) {
                    ensure(ESCAPED_CHAR_BYTES_MAX);
                    raw("\\u");
                    hex(c, 4);
                } else {
                    utf8(Character.isSurrogate(c) ? REPLACEMENT : c);
                }
            }
        }
    }

    private void utf8(int point) {
        ensure(4);
        if (point < 0x800) {
            bytes[length++] = (byte) (0xc0 | point >>> 6);
        } else if (point < 0x1_0000) {
            bytes[length++] = (byte) (0xe0 | point >>> 12);
            bytes[length++] = (byte) (0x80 | point >>> 6 & 0x3f);
        } else {
            bytes[length++] = (byte) (0xf0 | point >>> 18);
            bytes[length++] = (byte) (0x80 | point >>> 12 & 0x3f);
            bytes[length++] = (byte) (0x80 | point >>> 6 & 0x3f);
        }
        bytes[length++] = (byte) (0x80 | point & 0x3f);
    }

    private void ensure(int more) {
        int needed = length + more;
        if (needed > bytes.length) {
            if (needed > bytesMax) {
                throw new OversizeException();
            }
            bytes = Arrays.copyOf(bytes, Math.clamp(bytes.length * 2L, needed, bytesMax));
        }
    }

    /** The line would grow beyond its maximum: a signal without a stack trace. */
    static final class OversizeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        OversizeException() {
            super("the event is larger than an event may be", null, false, false);
        }
    }
}
