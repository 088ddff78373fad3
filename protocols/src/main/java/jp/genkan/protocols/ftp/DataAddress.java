package jp.genkan.protocols.ftp;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where a data connection will go, as commands and replies say it.
 *
 * @param address null where only a port is said (EPSV)
 * @param port 1 to 65535
 */
record DataAddress(@Nullable Address address, int port) {
    private static final int NUMBERS = 6;
    private static final int PORT_MAX = 0xffff;
    private static final int ADDRESS_TEXT_MAX = 45; // the longest form of an IPv6 address
    private static final int DIGITS_MAX = 5;

    DataAddress {
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    private static @Nullable DataAddress of(@Nullable Address address, int port) {
        return port < 1 || port > PORT_MAX ? null : new DataAddress(address, port);
    }

    /** {@code h1,h2,h3,h4,p1,p2}, as PORT has it and the reply to PASV somewhere in its text; null when it is not there. */
    static @Nullable DataAddress ofNumbers(byte[] line, int from, int to) {
        int[] numbers = new int[NUMBERS];
        int found = 0;
        int at = from;
        while (at < to && found < NUMBERS) {
            if (!isDigit(line[at])) {
                found = 0;
                at++;
                continue;
            }
            int value = 0;
            while (at < to && isDigit(line[at])) {
                value = Math.min(1_000, value * 10 + line[at] - '0');
                at++;
            }
            numbers[found++] = value;
            boolean comma = at < to && line[at] == ',';
            if (value > 0xff || !comma && found < NUMBERS) {
                found = 0;
            }
            at += comma ? 1 : 0;
        }
        if (found < NUMBERS) {
            return null;
        }
        int bits = numbers[0] << 24 | numbers[1] << 16 | numbers[2] << 8 | numbers[3];
        return of(Address.ofV4(bits), numbers[4] << 8 | numbers[5]);
    }

    /** {@code |protocol|address|port|} with any delimiter, as EPRT has it and the reply to EPSV without the first two; null when it is not there. */
    static @Nullable DataAddress ofDelimited(byte[] line, int from, int to) {
        if (from >= to) {
            return null;
        }
        byte delimiter = line[from];
        int second = next(line, from + 1, to, delimiter);
        int third = next(line, second + 1, to, delimiter);
        int fourth = next(line, third + 1, to, delimiter);
        if (fourth >= to) {
            return null;
        }
        int port = number(line, third + 1, fourth);
        if (third == second + 1) {
            return of(null, port);
        }
        if (third - second - 1 > ADDRESS_TEXT_MAX) {
            return null;
        }
        try {
            return of(
                    Address.parse(new String(line, second + 1, third - second - 1, StandardCharsets.ISO_8859_1)), port);
        } catch (IllegalArgumentException _) {
            return null; // the text is no address
        }
    }

    /** As {@link #ofDelimited}, behind the first parenthesis. */
    static @Nullable DataAddress inParentheses(byte[] line, int from, int to) {
        return ofDelimited(line, next(line, from, to, (byte) '(') + 1, to);
    }

    private static int next(byte[] line, int from, int to, byte wanted) {
        int at = from;
        while (at < to && line[at] != wanted) {
            at++;
        }
        return at;
    }

    /** A decimal number, 0 when it is none. */
    static int number(byte[] line, int from, int to) {
        if (to - from > DIGITS_MAX) {
            return 0;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(line[i])) {
                return 0;
            }
            value = value * 10 + line[i] - '0';
        }
        return value;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
