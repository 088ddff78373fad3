package jp.genkan.protocols.http.head;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request, taken apart and made plain as libhtp does for Suricata: percent-escapes decoded once, back slashes turned, repeated
 * slashes and dot segments taken out. Linear in its length.
 *
 * <p>Thread rule: immutable.
 */
public final class HttpUri {
    private final byte @Nullable [] authority;
    private final byte[] path;
    private final byte @Nullable [] query;
    private final boolean doubleEncoded;

    private HttpUri(byte @Nullable [] authority, byte[] path, byte @Nullable [] query, boolean doubleEncoded) {
        this.authority = authority;
        this.path = path;
        this.query = query;
        this.doubleEncoded = doubleEncoded;
    }

    /** Reads the target of any method but CONNECT. */
    public static HttpUri parse(byte[] target, int from, int to) {
        int at = from;
        byte @Nullable [] authority = null;
        int scheme = schemeEnd(target, from, to);
        if (scheme >= 0) {
            at = scheme;
            while (at < to && target[at] != '/' && target[at] != '?' && target[at] != '#') {
                at++;
            }
            authority = Arrays.copyOfRange(target, scheme, at);
        }
        int question = HttpText.indexOf(target, at, to, '?');
        int pathEnd = question < 0 ? to : question;
        byte[] decoded = decode(target, at, pathEnd, false);
        boolean twice = hasEscape(decoded);
        byte[] path = withoutDots(decoded);
        byte[] query = question < 0 ? null : decode(target, question + 1, to, true);
        return new HttpUri(authority, path, query, twice || query != null && hasEscape(query));
    }

    /** The target of CONNECT: a host and a port; a path where it begins with a slash, which names no host. */
    public static HttpUri authority(byte[] target, int from, int to) {
        if (from < to && target[from] == '/') {
            return parse(target, from, to);
        }
        byte[] all = Arrays.copyOfRange(target, from, to);
        return new HttpUri(all, new byte[0], null, false);
    }

    private static int schemeEnd(byte[] target, int from, int to) {
        for (int i = from; i < to - 2; i++) {
            if (target[i] == ':') {
                return i > from && target[i + 1] == '/' && target[i + 2] == '/' ? i + 3 : -1;
            }
            int letter = HttpText.lower(target[i]);
            if (!(letter >= 'a' && letter <= 'z'
                    || letter >= '0' && letter <= '9'
                    || letter == '+'
                    || letter == '-'
                    || letter == '.')) {
                return -1;
            }
        }
        return -1;
    }

    private static byte[] decode(byte[] source, int from, int to, boolean isQuery) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            int octet = source[i];
            if (octet == '%'
                    && i + 2 < to
                    && HttpText.hexDigit(source[i + 1]) >= 0
                    && HttpText.hexDigit(source[i + 2]) >= 0) {
                octet = HttpText.hexDigit(source[i + 1]) << 4 | HttpText.hexDigit(source[i + 2]);
                i += 2;
            } else if (octet == '+' && isQuery) {
                octet = ' ';
            }
            if (!isQuery) {
                octet = octet == '\\' ? '/' : octet;
                if (octet == '/' && length > 0 && out[length - 1] == '/') {
                    continue;
                }
            }
            out[length++] = (byte) octet;
        }
        return Arrays.copyOf(out, length);
    }

    private static boolean hasEscape(byte[] decoded) {
        for (int i = 0; i + 2 < decoded.length; i++) {
            if (decoded[i] == '%' && HttpText.hexDigit(decoded[i + 1]) >= 0 && HttpText.hexDigit(decoded[i + 2]) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** RFC 3986 §5.2.4 for a path that begins with a slash. */
    private static byte[] withoutDots(byte[] path) {
        if (path.length == 0 || path[0] != '/') {
            return path;
        }
        byte[] out = new byte[path.length];
        int length = 0;
        int at = 0;
        while (at < path.length) {
            int end = HttpText.indexOf(path, at + 1, path.length, '/');
            end = end < 0 ? path.length : end;
            int segment = end - at - 1;
            boolean last = end == path.length;
            if (segment == 1 && path[at + 1] == '.') {
                length = endWithSlash(out, length, last);
            } else if (segment == 2 && path[at + 1] == '.' && path[at + 2] == '.') {
                while (length > 0 && out[length - 1] != '/') {
                    length--;
                }
                length = endWithSlash(out, Math.max(0, length - 1), last);
            } else {
                System.arraycopy(path, at, out, length, end - at);
                length += end - at;
            }
            at = end;
        }
        return Arrays.copyOf(out, length);
    }

    private static int endWithSlash(byte[] out, int length, boolean last) {
        if (last) {
            out[length] = '/';
            return length + 1;
        }
        return length;
    }

    /** Host and port of an absolute target or of CONNECT, null when it has none. */
    public byte @Nullable [] authority() {
        return authority;
    }

    /** The path, normalised. */
    public byte[] path() {
        return path;
    }

    /** Path and query, normalised: the buffer of Suricata's {@code http.uri}. */
    public byte[] normalised() {
        if (query == null) {
            return path.length == 0 && authority != null ? authority : path;
        }
        byte[] both = Arrays.copyOf(path, path.length + 1 + query.length);
        both[path.length] = '?';
        System.arraycopy(query, 0, both, path.length + 1, query.length);
        return both;
    }

    /** True when an escape was left after decoding. */
    public boolean isDoubleEncoded() {
        return doubleEncoded;
    }
}
