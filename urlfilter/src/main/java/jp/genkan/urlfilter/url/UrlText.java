package jp.genkan.urlfilter.url;

/**
 * Finds the parts of a URL as a person or a list writes it. Names of hosts alone, with or without port and path, are taken too. What a
 * browser passes over is passed over: blanks around it, tabs and line ends in it, any number of slashes behind the scheme.
 *
 * <p>Thread rule: one owner; reused from URL to URL.
 */
public final class UrlText {
    /** No port is named, or the scheme's own. */
    public static final int PORT_OF_SCHEME = -1;

    private static final int PORT_MAX = 65_535;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int FTP_PORT = 21;

    private byte[] text = new byte[0];
    private int to;
    private int hostFrom;
    private int hostTo;
    private int targetFrom;
    private int port;
    private int schemePort;

    /**
     * Takes a URL apart.
     *
     * @return false when there is no host in it, or the port is none
     */
    public boolean read(byte[] octets, int from, int end) {
        clean(octets, from, end);
        int at = afterScheme();
        int authorityEnd = at;
        while (authorityEnd < to && !endsAuthority(text[authorityEnd])) {
            authorityEnd++;
        }
        for (int i = authorityEnd - 1; i >= at; i--) {
            if (text[i] == '@') {
                at = i + 1;
                break;
            }
        }
        hostFrom = at;
        hostTo = authorityEnd;
        targetFrom = authorityEnd;
        return at < authorityEnd && readPort();
    }

    /** Without blanks around it and line ends in it. */
    private void clean(byte[] octets, int from, int end) {
        int begin = from;
        int last = end;
        while (begin < last && isBlank(octets[begin])) {
            begin++;
        }
        while (last > begin && isBlank(octets[last - 1])) {
            last--;
        }
        text = octets;
        hostFrom = begin;
        to = last;
        for (int i = begin; i < last; i++) {
            if (isLineEnd(octets[i])) {
                squeeze(octets, begin, last);
                return;
            }
        }
    }

    private void squeeze(byte[] octets, int begin, int last) {
        byte[] kept = new byte[last - begin];
        int length = 0;
        for (int i = begin; i < last; i++) {
            if (!isLineEnd(octets[i])) {
                kept[length++] = octets[i];
            }
        }
        text = kept;
        hostFrom = 0;
        to = length;
    }

    private static boolean isBlank(int octet) {
        return octet >= 0 && octet <= ' ';
    }

    private static boolean isLineEnd(int octet) {
        return octet == '\t' || octet == '\n' || octet == '\r';
    }

    private static boolean endsAuthority(int octet) {
        return octet == '/' || octet == '\\' || octet == '?' || octet == '#';
    }

    /** Where the authority begins. */
    private int afterScheme() {
        int begin = hostFrom;
        int end = begin;
        while (end < to && isOfScheme(text[end], end > begin)) {
            end++;
        }
        schemePort = PORT_OF_SCHEME;
        int at = begin;
        if (end < to && end > begin && text[end] == ':') {
            int own = portOf(begin, end);
            boolean slashes = end + 2 < to && text[end + 1] == '/' && text[end + 2] == '/';
            if (own > 0 || slashes) {
                schemePort = own > 0 ? own : 0;
                at = end + 1;
            }
        }
        while (at < to && (text[at] == '/' || text[at] == '\\')) {
            at++;
        }
        return at;
    }

    private static boolean isOfScheme(int octet, boolean notFirst) {
        return UrlOctets.isLetter(octet)
                || notFirst && (UrlOctets.isDigit(octet) || octet == '+' || octet == '-' || octet == '.');
    }

    private int portOf(int begin, int end) {
        if (is("http", begin, end) || is("ws", begin, end)) {
            return HTTP_PORT;
        }
        if (is("https", begin, end) || is("wss", begin, end)) {
            return HTTPS_PORT;
        }
        return is("ftp", begin, end) ? FTP_PORT : PORT_OF_SCHEME;
    }

    private boolean is(String scheme, int begin, int end) {
        if (end - begin != scheme.length()) {
            return false;
        }
        for (int i = 0; i < scheme.length(); i++) {
            if (UrlOctets.lower(text[begin + i]) != scheme.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Splits the port off the host. */
    private boolean readPort() {
        port = PORT_OF_SCHEME;
        int colon = -1;
        int colons = 0;
        for (int i = hostTo - 1; i >= hostFrom && text[i] != ']'; i--) {
            if (text[i] == ':') {
                colons++;
                colon = i;
            }
        }
        if (colons != 1) {
            return true; // none, or an IPv6 address without brackets
        }
        int value = 0;
        for (int i = colon + 1; i < hostTo; i++) {
            if (!UrlOctets.isDigit(text[i])) {
                return false;
            }
            value = Math.min(PORT_MAX + 1, value * 10 + text[i] - '0');
        }
        if (value > PORT_MAX) {
            return false;
        }
        boolean own = colon + 1 == hostTo || value == schemePort || schemePort < 0 && isUsual(value);
        port = own ? PORT_OF_SCHEME : value;
        hostTo = colon;
        return hostFrom < hostTo;
    }

    private static boolean isUsual(int port) {
        return port == HTTP_PORT || port == HTTPS_PORT;
    }

    /** A port as the normal form has it: the scheme's own, and no port at all, are {@link #PORT_OF_SCHEME}. */
    public static int portOf(boolean secure, int port) {
        return port == (secure ? HTTPS_PORT : HTTP_PORT) || port <= 0 || port > PORT_MAX ? PORT_OF_SCHEME : port;
    }

    /** Where the path begins in the target of an HTTP request, which may be a whole URL. */
    public static int afterAuthority(byte[] target, int from, int to) {
        int at = from;
        while (at < to && isOfScheme(target[at], at > from)) {
            at++;
        }
        if (at == from || at + 2 >= to || target[at] != ':' || target[at + 1] != '/' || target[at + 2] != '/') {
            return from;
        }
        at += 3;
        while (at < to && !endsAuthority(target[at])) {
            at++;
        }
        return at;
    }

    /** The octets that the places below mean. */
    public byte[] octets() {
        return text;
    }

    /** Where the host begins. */
    public int hostFrom() {
        return hostFrom;
    }

    /** Where the host ends. */
    public int hostTo() {
        return hostTo;
    }

    /** The port, or {@link #PORT_OF_SCHEME}. */
    public int port() {
        return port;
    }

    /** Where path, query and fragment begin. */
    public int targetFrom() {
        return targetFrom;
    }

    /** Where the URL ends. */
    public int to() {
        return to;
    }
}
