package jp.genkan.urlfilter.url;

import java.nio.charset.StandardCharsets;

/**
 * Path and query of a URL in their normal form: dot segments resolved, back slashes turned, escapes in one spelling, without fragment. Linear
 * in the length of what is read; does not allocate.
 *
 * <p>Thread rule: one owner; reused from URL to URL.
 */
public final class TargetText {
    private static final int ESCAPE = 3;

    private final byte[] octets;
    private int pathLength;
    private int length;
    private boolean whole;

    /** Room for this many octets in the normal form. */
    public TargetText(int lengthMax) {
        octets = new byte[lengthMax];
    }

    /** Forgets what it holds. */
    public void clear() {
        pathLength = 0;
        length = 0;
        whole = false;
    }

    /**
     * Reads what stands behind the host: nothing, or a path, a query, a fragment. A query that does not fit is left out, a path that does not
     * fit leaves it empty.
     *
     * @return false when not all of it fits
     */
    public boolean read(byte[] text, int from, int to) {
        clear();
        int end = from;
        while (end < to && text[end] != '?' && text[end] != '#') {
            end++;
        }
        if (!readPath(text, from, end)) {
            clear();
            return false;
        }
        pathLength = length;
        whole = end == to || text[end] == '#' || readQuery(text, end + 1, to);
        if (!whole || length == pathLength + 1) {
            length = pathLength; // what did not fit, or an empty query
        }
        return whole;
    }

    private boolean readPath(byte[] text, int from, int to) {
        if (octets.length == 0) {
            return false;
        }
        octets[0] = '/';
        length = 1;
        int at = from < to && isSlash(text[from]) ? from + 1 : from;
        while (at <= to) {
            int end = at;
            while (end < to && !isSlash(text[end])) {
                end++;
            }
            int begin = length;
            if (!copy(text, at, end, false)) {
                return false;
            }
            boolean last = end == to;
            if (!endSegment(begin, last)) {
                return false;
            }
            at = end + 1;
        }
        return true;
    }

    /** Resolves the segment that begins here if it is dots, else puts the slash behind it. */
    private boolean endSegment(int begin, boolean last) {
        int segment = length - begin;
        if (segment == 1 && octets[begin] == '.') {
            length = begin;
            return true;
        }
        if (segment == 2 && octets[begin] == '.' && octets[begin + 1] == '.') {
            length = begin;
            if (length > 1) {
                length--;
                while (octets[length - 1] != '/') {
                    length--;
                }
            }
            return true;
        }
        return last || append('/');
    }

    private boolean readQuery(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != '#') {
            end++;
        }
        return append('?') && copy(text, from, end, true);
    }

    private boolean copy(byte[] text, int from, int to, boolean isQuery) {
        for (int i = from; i < to; i++) {
            int octet = UrlOctets.escaped(text, i, to);
            boolean raw;
            if (octet >= 0) {
                raw = UrlOctets.isUnreserved(octet);
                i += 2;
            } else {
                octet = text[i] & 0xff;
                raw = isQuery ? UrlOctets.isOfQuery(octet) : UrlOctets.isOfPath(octet);
            }
            if (!(raw ? append(octet) : escape(octet))) {
                return false;
            }
        }
        return true;
    }

    private boolean append(int octet) {
        if (length == octets.length) {
            return false;
        }
        octets[length++] = (byte) octet;
        return true;
    }

    private boolean escape(int octet) {
        if (length + ESCAPE > octets.length) {
            return false;
        }
        octets[length++] = '%';
        octets[length++] = UrlOctets.hexDigit(octet >> 4);
        octets[length++] = UrlOctets.hexDigit(octet & 0xf);
        return true;
    }

    private static boolean isSlash(int octet) {
        return octet == '/' || octet == '\\';
    }

    /** The octets, of which the first {@link #length} count: the path, and with a query a question mark and that. Not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** Length of the path; 0 when there is none. */
    public int pathLength() {
        return pathLength;
    }

    /** Length of path and query. */
    public int length() {
        return length;
    }

    /** True when all that was read is held. */
    public boolean isWhole() {
        return whole;
    }

    /** True for a path of one slash, without query. */
    public boolean isRoot() {
        return whole && length == 1;
    }

    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
