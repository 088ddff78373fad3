package jp.genkan.protocols.mime;

import java.util.Arrays;

/**
 * A line whose meaning the next one decides.
 *
 * <p>Thread rule: its parser's.
 */
final class HeldLine {
    /** For {@link #index()}: a line in a header that is none of a header. */
    static final int IN_HEADER = -1;

    private final byte[] octets;
    private final int contentEnd;
    private final long begin;
    private final int index;

    /**
     * A copy of a line.
     *
     * @param begin its position in the mail
     * @param index of the open part whose delimiter it may be
     */
    HeldLine(byte[] octets, int from, int contentEnd, int end, long begin, int index) {
        this.octets = Arrays.copyOfRange(octets, from, end);
        this.contentEnd = contentEnd - from;
        this.begin = begin;
        this.index = index;
    }

    /** With its end. */
    byte[] octets() {
        return octets;
    }

    int contentEnd() {
        return contentEnd;
    }

    long begin() {
        return begin;
    }

    int index() {
        return index;
    }

    /** What a delimiter of this line declares: all behind the hyphens, without white space at the end. */
    byte[] boundary() {
        int from = 0;
        while (octets[from] == '\r') {
            from++;
        }
        from += 2;
        int to = contentEnd;
        while (to > from && octets[to - 1] <= ' ' && octets[to - 1] >= 0) {
            to--;
        }
        return Arrays.copyOfRange(octets, from, to);
    }
}
