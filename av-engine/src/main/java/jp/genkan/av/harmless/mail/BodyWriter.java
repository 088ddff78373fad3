package jp.genkan.av.harmless.mail;

import java.util.Arrays;
import java.util.Base64;
import java.util.function.IntFunction;

/**
 * Writes bodies of parts on the wire, in a transfer coding, into exactly the place that is there. No line begins with a dot, none is longer than 998 octets unless it was.
 * Stateless.
 */
final class BodyWriter {
    /** RFC 5322 §2.1.1. */
    private static final int LINE_MAX = 998;

    /** RFC 2045 §6.7, §6.8. */
    private static final int ENCODED_LINE = 76;

    private static final int SOFT_BREAK = 3;

    private BodyWriter() {}

    // ---- base64: line ends stay where they are

    /** Octets that fit in the characters of a body's lines. */
    static int base64Room(byte[] wire, int from, int to) {
        int cells = 0;
        int at = from;
        while (at < to) {
            int end = lineEnd(wire, at, to);
            for (int i = at; i < end; i++) {
                cells += isBreak(i - at, end - at) ? 0 : 1;
            }
            at = behindLineEnd(wire, end, to);
        }
        return cells / 4 * 3;
    }

    /** Writes content as base64; blanks take the rest. It has to fit. */
    static void base64(byte[] wire, int from, int to, byte[] content) {
        byte[] encoded = Base64.getEncoder().encode(content);
        int next = 0;
        int at = from;
        while (at < to) {
            int end = lineEnd(wire, at, to);
            int length = end - at;
            for (int i = 0; i < length; i++) {
                if (isBreak(i, length)) {
                    wire[at + i] = (byte) (i % (ENCODED_LINE + 2) == ENCODED_LINE ? '\r' : '\n');
                } else {
                    wire[at + i] = next < encoded.length ? encoded[next++] : (byte) ' ';
                }
            }
            at = behindLineEnd(wire, end, to);
        }
        if (next < encoded.length) {
            throw new IllegalArgumentException("there is no room for " + content.length + " octets");
        }
    }

    private static int lineEnd(byte[] wire, int from, int to) {
        int at = from;
        while (at < to && wire[at] != '\n') {
            at++;
        }
        return at > from && wire[at - 1] == '\r' ? at - 1 : at;
    }

    private static int behindLineEnd(byte[] wire, int lineEnd, int to) {
        int at = lineEnd;
        while (at < to && wire[at] == '\r') {
            at++;
        }
        return Math.min(to, at + 1);
    }

    /** True where a line that is too long is broken. */
    private static boolean isBreak(int column, int length) {
        int at = column % (ENCODED_LINE + 2);
        int begin = column - at + ENCODED_LINE;
        return length > LINE_MAX && at >= ENCODED_LINE && begin + 2 < length;
    }

    // ---- as it is

    /** Writes octets that were made for this place. Its last line end stays. */
    static void identity(byte[] wire, int from, int to, IntFunction<byte[]> content) {
        int end = trailingLineEnd(wire, from, to);
        byte[] octets = content.apply(end - from);
        System.arraycopy(octets, 0, wire, from, octets.length);
    }

    private static int trailingLineEnd(byte[] wire, int from, int to) {
        if (to > from && wire[to - 1] == '\n') {
            return to - 1 > from && wire[to - 2] == '\r' ? to - 2 : to - 1;
        }
        return to;
    }

    // ---- quoted-printable

    /** Writes the longest text that fits; blanks that no reader sees take the rest. */
    static void quotedPrintable(byte[] wire, int from, int to, Iterable<byte[]> texts) {
        int end = trailingLineEnd(wire, from, to);
        byte[] written = new byte[0];
        for (byte[] text : texts) {
            byte[] encoded = quoted(text);
            if (encoded.length <= end - from) {
                written = encoded;
                break;
            }
        }
        System.arraycopy(written, 0, wire, from, written.length);
        padQuoted(wire, from + written.length, end);
    }

    private static byte[] quoted(byte[] text) {
        byte[] out = new byte[text.length * 3 + text.length / 20 * SOFT_BREAK + 80];
        int at = 0;
        int line = 0;
        for (int i = 0; i < text.length; i++) {
            int octet = text[i] & 0xff;
            if (octet == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                out[at++] = '\r';
                out[at++] = '\n';
                line = 0;
                i++;
                continue;
            }
            boolean isPlain = octet > ' ' && octet < 0x7f && octet != '=' && !(octet == '.' && line == 0)
                    || octet == ' ' && i + 1 < text.length && text[i + 1] != '\r';
            int length = isPlain ? 1 : 3;
            if (line + length >= ENCODED_LINE) {
                out[at++] = '=';
                out[at++] = '\r';
                out[at++] = '\n';
                line = 0;
                isPlain &= octet != '.';
                length = isPlain ? 1 : 3;
            }
            if (isPlain) {
                out[at++] = (byte) octet;
            } else {
                out[at++] = '=';
                out[at++] = hex(octet >> 4);
                out[at++] = hex(octet & 15);
            }
            line += length;
        }
        return Arrays.copyOf(out, at);
    }

    private static byte hex(int digit) {
        return (byte) "0123456789ABCDEF".charAt(digit);
    }

    /** Lines of blanks that are no lines for a reader; one or two octets are hyphens. */
    private static void padQuoted(byte[] wire, int from, int to) {
        int left = to - from;
        if (left < SOFT_BREAK) {
            Arrays.fill(wire, from, to, (byte) '-');
            return;
        }
        int at = from;
        while (left > 0) {
            int line = Math.min(left, ENCODED_LINE + 2);
            if (left > line && left - line < SOFT_BREAK) {
                line -= SOFT_BREAK;
            }
            Arrays.fill(wire, at, at + line - SOFT_BREAK, (byte) ' ');
            wire[at + line - 3] = '=';
            wire[at + line - 2] = '\r';
            wire[at + line - 1] = '\n';
            at += line;
            left -= line;
        }
    }
}
