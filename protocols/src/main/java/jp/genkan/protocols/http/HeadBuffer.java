package jp.genkan.protocols.http;

import java.util.Arrays;
import jp.genkan.protocols.http.head.HttpText;

/**
 * Lines of a head that come in pieces of any size. Every octet is looked at once, however it comes.
 *
 * <p>Thread rule: one owner.
 */
final class HeadBuffer {
    private static final byte[] EMPTY = {};
    private static final int FIRST = 512;

    /** An array up to this is kept for the next head: what browsers send fits. */
    private static final int KEPT_MAX = 2048;

    private byte[] octets = EMPTY;
    private int length;
    private int lineFrom;
    private boolean lineComplete;

    /**
     * Takes octets up to the end of the line.
     *
     * @return index behind the last that was taken
     */
    int take(byte[] from, int first, int behind) {
        if (lineComplete) {
            lineFrom = length;
            lineComplete = false;
        }
        int feed = HttpText.indexOf(from, first, behind, '\n');
        int until = feed < 0 ? behind : feed + 1;
        int more = until - first;
        if (length + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(Math.max(FIRST, length + more), octets.length * 2));
        }
        System.arraycopy(from, first, octets, length, more);
        length += more;
        lineComplete = feed >= 0;
        return until;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    byte[] array() {
        return octets;
    }

    /** True when the last octet taken ended a line. */
    boolean hasLine() {
        return lineComplete;
    }

    /** True when the line that is complete has nothing in it; more than one carriage return is something, as it is for Chromium. */
    boolean hasEmptyLine() {
        int before = length - 1 - lineFrom;
        return lineComplete && (before == 0 || before == 1 && octets[lineFrom] == '\r');
    }

    /** True when the line that is complete is a single space or tab. */
    boolean hasBlankLine() {
        return lineComplete && length - lineFrom == 2 && (octets[lineFrom] == ' ' || octets[lineFrom] == '\t');
    }

    /** Octets of the line at hand. */
    int lineLength() {
        return length - lineFrom;
    }

    /** Takes octets off the front of the only line. */
    void cut(int count) {
        System.arraycopy(octets, count, octets, 0, length - count);
        length -= count;
    }

    /** Forgets everything, and gives a large array back. */
    void clear() {
        length = 0;
        lineFrom = 0;
        lineComplete = false;
        if (octets.length > KEPT_MAX) {
            octets = EMPTY;
        }
    }

    byte[] copy() {
        return Arrays.copyOf(octets, length);
    }
}
