package jp.genkan.protocols.sip;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.protocols.conversation.OctetText;
import jp.genkan.protocols.sip.SipTransaction.Header;
import org.jspecify.annotations.Nullable;

/**
 * First line and headers of a message.
 *
 * @param contentLength -1 when it is not said
 */
record MessageHead(StartLine start, List<Header> headers, int contentLength) {
    /** Headers that are kept of a message; real ones have up to 40. The rest is passed over. */
    static final int HEADERS_MAX = 128;

    private static final int LENGTH_DIGITS_MAX = 9;

    MessageHead {
        headers = List.copyOf(headers);
    }

    /** Reads what is before the empty line; null when it is no message of SIP. */
    static @Nullable MessageHead parse(byte[] octets, int from, int to) {
        int lineEnd = lineEnd(octets, from, to);
        StartLine start = StartLine.parse(octets, from, withoutReturn(octets, from, lineEnd));
        if (start == null) {
            return null;
        }
        List<Header> headers = new ArrayList<>();
        int at = lineEnd + 1;
        while (at < to && headers.size() < HEADERS_MAX) {
            int end = lineEnd(octets, at, to);
            while (end + 1 < to && (octets[end + 1] == ' ' || octets[end + 1] == '\t')) {
                end = lineEnd(octets, end + 1, to); // a folded line, RFC 3261 §7.3.1
            }
            addHeader(octets, at, withoutReturn(octets, at, end), headers);
            at = end + 1;
        }
        return new MessageHead(start, headers, contentLength(headers));
    }

    private static void addHeader(byte[] octets, int from, int to, List<Header> headers) {
        String line = OctetText.of(octets, from, to);
        int colon = line.indexOf(':');
        if (colon > 0) {
            headers.add(new Header(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
    }

    private static int contentLength(List<Header> headers) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("Content-Length")
                    || header.name().equalsIgnoreCase("l")) {
                String value = header.value();
                boolean number = !value.isEmpty()
                        && value.length() <= LENGTH_DIGITS_MAX
                        && value.chars().allMatch(c -> c >= '0' && c <= '9');
                return number ? Integer.parseInt(value) : -1;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && octets[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int withoutReturn(byte[] octets, int from, int end) {
        return end > from && octets[end - 1] == '\r' ? end - 1 : end;
    }

    /**
     * Looks for the empty line.
     *
     * @return index behind it, -1 when it is not there
     */
    static int end(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            if (octets[at] != '\n') {
                continue;
            }
            if (at + 1 < to && octets[at + 1] == '\n') {
                return at + 2;
            }
            if (at + 2 < to && octets[at + 1] == '\r' && octets[at + 2] == '\n') {
                return at + 3;
            }
        }
        return -1;
    }
}
