package jp.genkan.protocols.smb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A view over one message as far as it is there, little-endian. What lies beyond reads as 0 or as an empty text, so that no caller needs a check. Valid inside one call. */
final class SmbView {
    /** Longest text that is taken over, in octets: twice what Windows lets a usual path be (MAX_PATH, 260), four times over. */
    static final int TEXT_MAX = 4096;

    private byte[] octets = {};
    private int begin;
    private int length;

    SmbView wrap(byte[] array, int from, int to) {
        octets = array;
        begin = from;
        length = Math.max(0, to - from);
        return this;
    }

    int length() {
        return length;
    }

    byte[] array() {
        return octets;
    }

    /** Index in the array of a place in the message. */
    int index(int at) {
        return begin + at;
    }

    boolean has(long at, long count) {
        return at >= 0 && count >= 0 && at + count <= length;
    }

    int u8(long at) {
        return has(at, 1) ? octets[(int) (begin + at)] & 0xff : 0;
    }

    int u16(long at) {
        return u8(at) | u8(at + 1) << 8;
    }

    long u32(long at) {
        return u16(at) | (long) u16(at + 2) << 16;
    }

    long u64(long at) {
        return u32(at) | u32(at + 4) << 32;
    }

    /** UTF-16 text of this many octets, cut at what is there and at {@link #TEXT_MAX}. */
    String utf16(long at, long count) {
        int available = available(at, count) & ~1;
        return available == 0 ? "" : new String(octets, (int) (begin + at), available, StandardCharsets.UTF_16LE);
    }

    /** Text of one octet a character. */
    String latin(long at, long count) {
        int available = available(at, count);
        return available == 0 ? "" : new String(octets, (int) (begin + at), available, StandardCharsets.ISO_8859_1);
    }

    private int available(long at, long count) {
        return at < 0 || at >= length ? 0 : (int) Math.clamp(count, 0, Math.min(TEXT_MAX, length - at));
    }

    /** Where the text that begins here ends: at the first zero, one octet or two. */
    int endOfText(int at, boolean wide) {
        int end = at;
        int step = wide ? 2 : 1;
        while (end + step <= length && (wide ? u16(end) : u8(end)) != 0) {
            end += step;
        }
        return Math.min(end, Math.max(at, length));
    }

    /** A text that ends with a zero. */
    String text(int at, int end, boolean wide) {
        return wide ? utf16(at, end - at) : latin(at, end - at);
    }

    /** A text without the zeros that some clients count in. */
    static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /** A GUID of sixteen octets in its usual form; empty when it is not there. */
    String guid(long at) {
        if (!has(at, 16)) {
            return "";
        }
        HexFormat hex = HexFormat.of();
        int tail = (int) (begin + at + 8);
        return hex.toHexDigits((int) u32(at))
                + '-'
                + hex.toHexDigits((short) u16(at + 4))
                + '-'
                + hex.toHexDigits((short) u16(at + 6))
                + '-'
                + hex.formatHex(octets, tail, tail + 2)
                + '-'
                + hex.formatHex(octets, tail + 2, tail + 8);
    }
}
