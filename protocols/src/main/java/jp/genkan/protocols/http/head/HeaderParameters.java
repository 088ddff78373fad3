package jp.genkan.protocols.http.head;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parameters behind a value: {@code attachment; filename="a.txt"}. Read as tolerantly as browsers do: blanks anywhere, quotes that never end.
 * Linear in the length of the value, whatever is asked for.
 *
 * <p>Thread rule: stateless.
 */
public final class HeaderParameters {
    private HeaderParameters() {}

    /** What stands before the first parameter, in lower case. */
    public static String main(String value) {
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The file name of a Content-Disposition: {@code filename*} where there is one, RFC 6266 §4.3. Null when there is none. */
    public static @Nullable String fileName(String disposition) {
        String extended = find(disposition, "filename*");
        if (extended != null) {
            int charset = extended.indexOf('\'');
            int language = charset < 0 ? -1 : extended.indexOf('\'', charset + 1);
            if (language >= 0) {
                return percentDecoded(extended.substring(language + 1), extended.substring(0, charset));
            }
        }
        return find(disposition, "filename");
    }

    private static String percentDecoded(String text, String charset) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i];
            if (octet == '%' && i + 2 < octets.length) {
                int high = HttpText.hexDigit(octets[i + 1]);
                int low = HttpText.hexDigit(octets[i + 2]);
                if (high >= 0 && low >= 0) {
                    octet = high << 4 | low;
                    i += 2;
                }
            }
            octets[length++] = (byte) octet;
        }
        return charset.equalsIgnoreCase("iso-8859-1")
                ? new String(octets, 0, length, StandardCharsets.ISO_8859_1)
                : HttpText.show(octets, 0, length);
    }

    /** Value of a parameter, quotes taken off; null when there is none. The name is in lower case. */
    public static @Nullable String find(String value, String lowerCase) {
        int at = value.indexOf(';');
        while (at >= 0 && at < value.length()) {
            int nameFrom = at + 1;
            int equals = nameFrom;
            while (equals < value.length() && value.charAt(equals) != '=' && value.charAt(equals) != ';') {
                equals++;
            }
            if (equals == value.length()) {
                return null;
            }
            if (value.charAt(equals) == ';') {
                at = equals;
                continue;
            }
            boolean wanted = value.substring(nameFrom, equals)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .equals(lowerCase);
            int from = equals + 1;
            while (from < value.length() && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) {
                from++;
            }
            boolean quoted = from < value.length() && value.charAt(from) == '"';
            int to = quoted ? quoteEnd(value, from + 1) : tokenEnd(value, from);
            if (wanted) {
                return quoted
                        ? unquoted(value, from + 1, to)
                        : value.substring(from, to).strip();
            }
            at = value.indexOf(';', to);
        }
        return null;
    }

    private static int tokenEnd(String value, int from) {
        int end = value.indexOf(';', from);
        return end < 0 ? value.length() : end;
    }

    private static int quoteEnd(String value, int from) {
        int at = from;
        while (at < value.length() && value.charAt(at) != '"') {
            at += value.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, value.length());
    }

    /** A back slash escapes a quote or itself only: browsers that send paths of Windows do not double it. */
    private static String unquoted(String value, int from, int to) {
        if (value.indexOf('\\', from) < 0) {
            return value.substring(from, to);
        }
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char letter = value.charAt(i);
            if (letter == '\\' && i + 1 < to && (value.charAt(i + 1) == '"' || value.charAt(i + 1) == '\\')) {
                i++;
                letter = value.charAt(i);
            }
            text.append(letter);
        }
        return text.toString();
    }
}
