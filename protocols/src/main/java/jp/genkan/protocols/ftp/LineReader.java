package jp.genkan.protocols.ftp;

import jp.genkan.protocols.conversation.OctetBuffer;

/**
 * Cuts a direction into lines. Of a line that is longer than the limit its beginning is told, and that it was cut.
 *
 * <p>Thread rule: one owner.
 */
final class LineReader {
    /** Octets of a line, without its end: Suricata's limit; RFC 959 has none, servers take 512 to 4,096. */
    static final int LINE_MAX = 4_096;

    private final OctetBuffer held = new OctetBuffer(LINE_MAX);
    private boolean cut;
    private byte[] line = {};
    private int begin;
    private int end;
    private boolean truncated;
    private boolean consumed;

    /**
     * Looks for the end of a line.
     *
     * @return index behind it, or -1 when it is not there yet: all octets are taken then
     */
    int next(byte[] octets, int from, int to) {
        if (consumed) {
            held.clear();
            consumed = false;
        }
        int at = from;
        while (at < to && octets[at] != '\n') {
            at++;
        }
        if (at == to) {
            keep(octets, from, to);
            return -1;
        }
        if (held.isEmpty() && at - from <= LINE_MAX) {
            line = octets;
            begin = from;
            end = at;
        } else {
            keep(octets, from, at);
            line = held.array();
            begin = held.begin();
            end = held.end();
            consumed = true;
        }
        truncated = cut;
        cut = false;
        if (end > begin && line[end - 1] == '\r') {
            end--;
        }
        return at + 1;
    }

    private void keep(byte[] octets, int from, int to) {
        int taken = Math.min(held.room(), to - from);
        held.append(octets, from, from + taken);
        cut |= taken < to - from;
    }

    /** Octets are missing: the line at hand is given up. What comes next is the rest of some line. */
    void skip() {
        held.clear();
        consumed = false;
        cut = false;
    }

    /** The array that holds the line that was found; good until the next call of {@link #next}. */
    byte[] line() {
        return line;
    }

    int begin() {
        return begin;
    }

    /** Index behind its last octet, line end not included. */
    int end() {
        return end;
    }

    /** True when the line was longer than {@link #LINE_MAX}. */
    boolean isTruncated() {
        return truncated;
    }
}
