package jp.genkan.av.harmless.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jp.genkan.protocols.http.head.HeaderParameters;
import org.jspecify.annotations.Nullable;

/**
 * The head of a message (RFC 9112 §2), read as loosely as receivers do.
 *
 * <p>Thread rule: immutable.
 */
final class HttpHead {
    /** Octets of a head; servers and browsers stop at 8 to 256 KiB. */
    static final int OCTETS_MAX = 256 << 10;

    /** Interim answers before the one that counts. */
    private static final int INTERIM_MAX = 8;

    private static final int LINE = 76;
    private static final String FILLER = "X-Removed: ";
    private static final int FILLER_MIN = FILLER.length() + 3;

    /** Fields that are not true of a page of ours. */
    private static final List<String> REPLACED = List.of(
            "content-type",
            "content-disposition",
            "cache-control",
            "expires",
            "pragma",
            "age",
            "etag",
            "last-modified",
            "accept-ranges",
            "content-md5",
            "digest",
            "content-digest",
            "repr-digest",
            "content-language",
            "content-security-policy");

    private static final List<String> PAGE = List.of(
            "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n",
            "Content-Type: text/html; charset=utf-8\r\n",
            "Content-Type:text/html;charset=utf-8\r\n",
            "Content-Type:text/html\r\n");

    private final byte[] octets;
    private final int begin;
    private final int end;
    private final List<String> lines = new ArrayList<>();

    private HttpHead(byte[] octets, int begin, int end) {
        this.octets = octets;
        this.begin = begin;
        this.end = end;
        String text = new String(octets, begin, end - begin, StandardCharsets.ISO_8859_1);
        StringBuilder field = new StringBuilder();
        for (String line : text.split("\r?\n", -1)) {
            boolean isFolded = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (!isFolded) {
                lines.add(field.toString());
                field.setLength(0);
            }
            field.append(isFolded ? " " : "").append(line.strip());
        }
        lines.removeFirst();
    }

    /** The head at the beginning of octets, interim answers passed over; null when it has no end. */
    static @Nullable HttpHead read(byte[] octets) {
        return read(octets, 0);
    }

    /** The same for a head that begins at an index. */
    static @Nullable HttpHead read(byte[] octets, int from) {
        int begin = from;
        for (int i = 0; i < INTERIM_MAX; i++) {
            int end = end(octets, begin);
            if (end < 0) {
                return null;
            }
            HttpHead head = new HttpHead(octets, begin, end);
            int status = head.status();
            if (status < 100 || status > 199 || status == 101) {
                return head;
            }
            begin = end;
        }
        return null;
    }

    private static int end(byte[] octets, int from) {
        int most = Math.min(octets.length, from + OCTETS_MAX);
        int line = from;
        for (int at = from; at < most; at++) {
            if (octets[at] != '\n') {
                continue;
            }
            boolean isEmpty = at == line || at == line + 1 && octets[line] == '\r';
            if (isEmpty && line > from) {
                return at + 1;
            }
            line = at + 1;
        }
        return -1;
    }

    /** Index of its first octet. */
    int begin() {
        return begin;
    }

    /** Index behind its empty line. */
    int end() {
        return end;
    }

    /** The status of an answer; 0 of a request. */
    int status() {
        String[] words = lines.getFirst().split(" ", 3);
        if (!words[0].startsWith("HTTP/") || words.length < 2 || words[1].length() != 3) {
            return 0;
        }
        int status = 0;
        for (int i = 0; i < 3; i++) {
            int digit = Character.digit(words[1].charAt(i), 10);
            status = digit < 0 ? Integer.MIN_VALUE / 20 : status * 10 + digit;
        }
        return Math.max(0, status);
    }

    /** The first field of this name; null when there is none. */
    @Nullable
    String first(String lowerCaseName) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(lowerCaseName)) {
                return line.substring(colon + 1).strip();
            }
        }
        return null;
    }

    /** The media type without parameters; null when none is named. */
    @Nullable
    String mediaType() {
        String value = first("content-type");
        if (value == null) {
            return null;
        }
        int semicolon = value.indexOf(';');
        String type =
                (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() ? null : type;
    }

    /** A name that it gives to the file; null when it gives none. */
    @Nullable
    String fileName() {
        String disposition = first("content-disposition");
        return disposition == null ? null : HeaderParameters.fileName(disposition);
    }

    /** The head of a page of ours, of the same length; null when there is no room for it. */
    byte @Nullable [] ofPage() {
        byte[] made = Arrays.copyOf(octets, end);
        int at = begin;
        int line = begin;
        int room = 0;
        boolean drops = false;
        int last = begin;
        while (line < end) {
            int next = line;
            while (octets[next] != '\n') {
                next++;
            }
            next++;
            boolean isLast = next == end;
            boolean isFolded = octets[line] == ' ' || octets[line] == '\t';
            drops = !isLast && (isFolded ? drops : line > begin && isReplaced(line, next));
            if (isLast) {
                last = line;
                break;
            }
            if (drops) {
                room += next - line;
            } else {
                System.arraycopy(octets, line, made, at, next - line);
                at += next - line;
            }
            line = next;
        }
        for (String page : PAGE) {
            if (page.length() <= room) {
                byte[] fields = filled(page, room).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(fields, 0, made, at, room);
                System.arraycopy(octets, last, made, at + room, end - last);
                return made;
            }
        }
        return null;
    }

    private boolean isReplaced(int line, int next) {
        int colon = line;
        while (colon < next && octets[colon] != ':') {
            colon++;
        }
        String name = new String(octets, line, colon - line, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        return REPLACED.contains(name);
    }

    private static String filled(String page, int room) {
        StringBuilder filled = new StringBuilder(page);
        int left = room - page.length();
        while (left >= FILLER_MIN) {
            int line = Math.min(left, LINE);
            filled.append(FILLER).append("-".repeat(line - FILLER_MIN + 1)).append("\r\n");
            left -= line;
        }
        return filled.insert(page.indexOf(':') + 1, " ".repeat(left)).toString();
    }
}
