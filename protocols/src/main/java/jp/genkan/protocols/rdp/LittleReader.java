package jp.genkan.protocols.rdp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads little-endian numbers, as all of RDP's own fields are. Beyond the end it reads zeros; {@link #remaining} says what is there.
 *
 * <p>Thread rule: one owner; good as long as the array is.
 */
final class LittleReader {
    private final byte[] octets;
    private final int end;
    private int at;

    LittleReader(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.end = Math.max(from, to);
    }

    int remaining() {
        return end - at;
    }

    int u8() {
        return at < end ? octets[at++] & 0xff : 0;
    }

    int u16() {
        return u8() | u8() << 8;
    }

    long u32() {
        return u16() | (long) u16() << 16;
    }

    void skip(int count) {
        at += Math.clamp(count, 0, end - at);
    }

    /** The next octets as a reader of their own, and passes over them. */
    LittleReader part(int count) {
        int from = at;
        skip(count);
        return new LittleReader(octets, from, at);
    }

    /** Text of UTF-16 up to its first zero, in a field of this many octets. */
    String wide(int count) {
        int from = at;
        skip(count);
        String text = new String(octets, from, at - from, StandardCharsets.UTF_16LE);
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    /** Text up to its first zero, in a field of this many octets, one character an octet. */
    String narrow(int count) {
        int from = at;
        skip(count);
        String text = new String(octets, from, at - from, StandardCharsets.ISO_8859_1);
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }

    /** Whether what follows begins with these octets. */
    boolean startsWith(byte[] mark) {
        return remaining() >= mark.length && Arrays.equals(octets, at, at + mark.length, mark, 0, mark.length);
    }
}
