package jp.genkan.protocols.http.head;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a request or a response, in three parts: method, target, protocol; or protocol, status, message. A part that is missing is empty.
 *
 * <p>Thread rule: immutable.
 */
public final class StartLine {
    private static final String PROTOCOL = "http/";
    private static final int STATUS_DIGITS = 3;
    private static final int METHOD_MAX = 64;

    private final byte[] line;
    private final int firstTo;
    private final int secondFrom;
    private final int secondTo;
    private final int thirdFrom;

    private StartLine(byte[] line, int firstTo, int secondFrom, int secondTo, int thirdFrom) {
        this.line = line;
        this.firstTo = firstTo;
        this.secondFrom = secondFrom;
        this.secondTo = secondTo;
        this.thirdFrom = thirdFrom;
    }

    /** Reads a request line. The target may have blanks in it when a protocol ends the line. */
    public static StartLine request(byte[] octets, int from, int to) {
        int begin = HttpText.skipBlanks(octets, from, to);
        byte[] line = trimmed(octets, begin, to);
        int methodTo = 0;
        while (methodTo < line.length && !HttpText.isBlank(line[methodTo])) {
            methodTo++;
        }
        int targetFrom = HttpText.skipBlanks(line, methodTo, line.length);
        int last = line.length;
        while (last > targetFrom && !HttpText.isBlank(line[last - 1])) {
            last--;
        }
        if (last > targetFrom && HttpText.startsIgnoringCase(line, last, line.length, PROTOCOL)) {
            return new StartLine(line, methodTo, targetFrom, HttpText.trimBlanks(line, targetFrom, last), last);
        }
        int targetTo = targetFrom;
        while (targetTo < line.length && !HttpText.isBlank(line[targetTo])) {
            targetTo++;
        }
        return new StartLine(line, methodTo, targetFrom, targetTo, HttpText.skipBlanks(line, targetTo, line.length));
    }

    private static byte[] trimmed(byte[] octets, int from, int to) {
        int end = to > from && octets[to - 1] == '\n' ? to - 1 : to;
        return Arrays.copyOfRange(octets, from, HttpText.trimBlanks(octets, from, end));
    }

    /** Reads a status line. */
    public static StartLine response(byte[] octets, int from, int to) {
        int begin = HttpText.skipBlanks(octets, from, to);
        byte[] line = trimmed(octets, begin, to);
        int protocolTo = 0;
        while (protocolTo < line.length && !HttpText.isBlank(line[protocolTo])) {
            protocolTo++;
        }
        int statusFrom = HttpText.skipBlanks(line, protocolTo, line.length);
        int statusTo = statusFrom;
        while (statusTo < line.length && !HttpText.isBlank(line[statusTo])) {
            statusTo++;
        }
        return new StartLine(line, protocolTo, statusFrom, statusTo, HttpText.skipBlanks(line, statusTo, line.length));
    }

    public byte[] line() {
        return line;
    }

    public byte[] first() {
        return Arrays.copyOf(line, firstTo);
    }

    public byte[] second() {
        return Arrays.copyOfRange(line, secondFrom, secondTo);
    }

    public byte @Nullable [] third() {
        return thirdFrom >= line.length ? null : Arrays.copyOfRange(line, thirdFrom, line.length);
    }

    public boolean hasThird() {
        return thirdFrom < line.length;
    }

    public boolean firstIs(String lowerCase) {
        return HttpText.equalsIgnoringCase(line, 0, firstTo, lowerCase);
    }

    /** True when a request line ends with a protocol. */
    public boolean namesProtocol() {
        return HttpText.startsIgnoringCase(line, thirdFrom, line.length, PROTOCOL);
    }

    /** True when another octet than a space stands behind the method, or before the protocol. */
    public boolean isOddlySpacedAt(int part) {
        int from = part == 1 ? firstTo : secondTo;
        int to = part == 1 ? secondFrom : thirdFrom;
        for (int i = from; i < Math.min(to, line.length); i++) {
            if (line[i] != ' ') {
                return true;
            }
        }
        return false;
    }

    /** True when a method could look like this. */
    public boolean hasPlausibleMethod() {
        if (firstTo == 0 || firstTo > METHOD_MAX || secondFrom == secondTo) {
            return false;
        }
        for (int i = 0; i < firstTo; i++) {
            if (line[i] <= ' ' || line[i] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The status, -1 when it is not a number of three digits; more digits and letters behind them are passed over. */
    public int status() {
        if (secondTo - secondFrom < STATUS_DIGITS) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < STATUS_DIGITS; i++) {
            int digit = line[secondFrom + i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** True when the status is three digits and nothing else. */
    public boolean hasPlainStatus() {
        return secondTo - secondFrom == STATUS_DIGITS && status() >= 100;
    }

    /** Version of the protocol in the first or third part as major * 10 + minor; -1 when it is none. */
    public int version(boolean inFirst) {
        int from = inFirst ? 0 : thirdFrom;
        int to = inFirst ? firstTo : line.length;
        int at = from + PROTOCOL.length();
        if (!HttpText.startsIgnoringCase(line, from, to, PROTOCOL) || to - at != 3 || line[at + 1] != '.') {
            return -1;
        }
        int major = line[at] - '0';
        int minor = line[at + 2] - '0';
        return major < 0 || major > 9 || minor < 0 || minor > 9 ? -1 : major * 10 + minor;
    }
}
