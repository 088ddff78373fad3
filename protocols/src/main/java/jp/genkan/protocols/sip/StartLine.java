package jp.genkan.protocols.sip;

import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a message: method, URI and version, or version, code and reason.
 *
 * @param line as it was sent, as an event shows it
 * @param method null for a response
 * @param uri null for a response
 * @param code null for a request
 * @param reason null for a request
 */
record StartLine(
        String line,
        @Nullable String method,
        @Nullable String uri,
        String version,
        @Nullable String code,
        @Nullable String reason) {
    private static final String PROTOCOL = "SIP/";
    private static final int METHOD_MAX = 32; // the longest in the IANA registry has 9
    private static final int CODE_LENGTH = 3;

    /** Reads a line without its end; null when it is none of SIP's. */
    static @Nullable StartLine parse(byte[] octets, int from, int to) {
        String line = OctetText.of(octets, from, to);
        int first = line.indexOf(' ');
        int second = first < 0 ? -1 : line.indexOf(' ', first + 1);
        if (first <= 0) {
            return null;
        }
        if (line.startsWith(PROTOCOL)) {
            String code = line.substring(first + 1, second < 0 ? line.length() : second);
            String reason = second < 0 ? "" : line.substring(second + 1);
            return isCode(code) ? new StartLine(line, null, null, line.substring(0, first), code, reason) : null;
        }
        if (second < 0 || first > METHOD_MAX || !isMethod(line, first) || !line.startsWith(PROTOCOL, second + 1)) {
            return null;
        }
        return new StartLine(
                line,
                line.substring(0, first),
                line.substring(first + 1, second),
                line.substring(second + 1),
                null,
                null);
    }

    private static boolean isCode(String code) {
        return code.length() == CODE_LENGTH && code.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isMethod(String line, int length) {
        for (int i = 0; i < length; i++) {
            char c = line.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
