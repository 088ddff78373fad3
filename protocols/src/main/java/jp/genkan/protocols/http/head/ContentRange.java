package jp.genkan.protocols.http.head;

import jp.genkan.core.event.EveFields;

/**
 * A Content-Range field, RFC 9110 §14.4.
 *
 * <p>Thread rule: immutable.
 *
 * @param raw as it was sent
 * @param start first octet, -1 when it is not given
 * @param end last octet, -1 when it is not given
 * @param size of the whole, -1 when it is not known
 */
public record ContentRange(String raw, long start, long end, long size) {
    private static final String UNIT = "bytes";
    private static final int DIGITS_MAX = 18;

    /** Reads one; one that is malformed has neither start nor end. */
    public static ContentRange parse(String value) {
        String text = value.strip();
        ContentRange unknown = new ContentRange(value, -1, -1, -1);
        if (!text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return unknown;
        }
        String rest = text.substring(UNIT.length()).strip();
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return unknown;
        }
        String whole = rest.substring(slash + 1).strip();
        long size = whole.equals("*") ? -1 : number(whole);
        String part = rest.substring(0, slash).strip();
        if (part.equals("*")) {
            return new ContentRange(value, -1, -1, size);
        }
        int dash = part.indexOf('-');
        long start = dash < 0 ? -1 : number(part.substring(0, dash).strip());
        long end = dash < 0 ? -1 : number(part.substring(dash + 1).strip());
        boolean good = start >= 0 && end >= start && (size < 0 || end < size);
        return good ? new ContentRange(value, start, end, size) : unknown;
    }

    private static long number(String digits) {
        if (digits.isEmpty() || digits.length() > DIGITS_MAX) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** True when it says which octets. */
    public boolean isKnown() {
        return start >= 0;
    }

    /** Writes {@code content_range}. */
    public void writeTo(EveFields out) {
        out.object("content_range");
        out.put("raw", raw);
        if (start >= 0) {
            out.put("start", start);
        }
        if (end >= 0) {
            out.put("end", end);
        }
        if (size >= 0) {
            out.put("size", size);
        }
        out.end();
    }
}
