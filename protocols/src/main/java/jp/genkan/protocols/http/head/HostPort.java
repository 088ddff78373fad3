package jp.genkan.protocols.http.head;

/**
 * A host as a Host field or a target names it: in lower case, without the dot at its end and without its port.
 *
 * <p>Thread rule: immutable.
 *
 * @param host empty when there is none
 * @param port -1 when there is none, -2 when it is not a port
 */
public record HostPort(String host, int port) {
    private static final int PORT_MAX = 65_535;
    private static final int NAME_MAX = 255;

    /** Reads one: {@code name}, {@code name:80}, {@code [2001:db8::1]:80}, with user information before it. */
    public static HostPort parse(byte[] octets, int from, int to) {
        int at = HttpText.skipBlanks(octets, from, to);
        int end = HttpText.trimBlanks(octets, at, to);
        for (int i = end - 1; i >= at; i--) {
            if (octets[i] == '@') {
                at = i + 1;
                break;
            }
        }
        int nameEnd = at;
        if (at < end && octets[at] == '[') {
            int close = HttpText.indexOf(octets, at, end, ']');
            nameEnd = close < 0 ? end : close + 1;
        } else {
            int colon = HttpText.indexOf(octets, at, end, ':');
            nameEnd = colon < 0 ? end : colon;
        }
        int port = -1;
        if (nameEnd < end) {
            port = octets[nameEnd] == ':' ? port(octets, nameEnd + 1, end) : -2;
        }
        while (nameEnd > at && octets[nameEnd - 1] == '.') {
            nameEnd--;
        }
        byte[] name = new byte[nameEnd - at];
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) HttpText.lower(octets[at + i]);
        }
        return new HostPort(HttpText.show(name, 0, name.length), port);
    }

    private static int port(byte[] octets, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = octets[i] - '0';
            if (digit < 0 || digit > 9 || value > PORT_MAX) {
                return -2;
            }
            value = value * 10 + digit;
        }
        return from == to || value == 0 || value > PORT_MAX ? -2 : value;
    }

    /** True when no name looks like this. */
    public boolean isInvalid() {
        if (host.isEmpty() || host.length() > NAME_MAX) {
            return true;
        }
        if (host.charAt(0) == '[') {
            return host.charAt(host.length() - 1) != ']';
        }
        for (int i = 0; i < host.length(); i++) {
            char letter = host.charAt(i);
            boolean good = letter >= 'a' && letter <= 'z'
                    || letter >= '0' && letter <= '9'
                    || letter == '-'
                    || letter == '.'
                    || letter == '_';
            if (!good) {
                return true;
            }
        }
        return false;
    }
}
