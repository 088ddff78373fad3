package jp.genkan.protocols.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header of a mail or of a part. Values are unfolded and otherwise as they came, a character for each octet (ISO 8859-1); {@link EncodedWords} makes
 * readable text of them.
 *
 * <p>Thread rule: one owner; when the header is complete it never changes.
 */
public final class HeaderFields {
    /** Most fields that are kept: long chains of relays make about a hundred. */
    public static final int FIELDS_MAX = 256;

    /** Most octets of a name: real ones have up to 40; RFC 5322's line limit would allow 997. */
    public static final int NAME_OCTETS_MAX = 75;

    /** Most octets of a value that are kept: long lists of recipients and DKIM signatures fit. */
    public static final int VALUE_OCTETS_MAX = 16_384;

    /** Most octets of a whole header that are kept; Postfix stops at 100 KiB. */
    public static final int OCTETS_MAX = 131_072;

    /**
     * A field.
     *
     * @param name in lower case
     * @param value unfolded, without white space at its ends
     */
    public record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private @Nullable String name;
    private int octets;
    private boolean overlong;
    private boolean overlongName;

    /** All of them, in order. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** The first field of this name; null when there is none. */
    public @Nullable String first(String lowerCaseName) {
        for (Field field : fields) {
            if (field.name().equals(lowerCaseName)) {
                return field.value();
            }
        }
        return null;
    }

    /** All fields of this name, in order. */
    public List<String> all(String lowerCaseName) {
        List<String> found = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equals(lowerCaseName)) {
                found.add(field.value());
            }
        }
        return found;
    }

    /** True when a field's value was cut, or a field left out. */
    boolean isOverlong() {
        return overlong;
    }

    boolean hasOverlongName() {
        return overlongName;
    }

    boolean isEmpty() {
        return fields.isEmpty() && name == null;
    }

    /** Index of the colon when a line begins a field, -1 when it does not. */
    static int colon(byte[] line, int from, int to) {
        int at = from;
        while (at < to && line[at] != ':' && (line[at] >= ' ' && line[at] < 0x7f || line[at] == '\t')) {
            at++;
        }
        if (at == to || line[at] != ':') {
            return -1;
        }
        int end = at;
        while (end > from && line[end - 1] <= ' ') {
            end--;
        }
        boolean known =
                end - from > 2 && (isLetter(line[from], 'x') && line[from + 1] == '-' || isContent(line, from, end));
        for (int i = from; i < end && !known; i++) {
            if (line[i] <= ' ') {
                return -1; // text with a colon
            }
        }
        return at;
    }

    /** True when a line begins with the name of a MIME field. */
    static boolean isContent(byte[] line, int from, int to) {
        String word = "content-";
        for (int i = 0; i < word.length(); i++) {
            if (from + i >= to || !isLetter(line[from + i], word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte octet, char lowerCase) {
        return octet == lowerCase || octet == lowerCase - 32 && Character.isLetter(lowerCase);
    }

    /** A line that begins a field. */
    void begin(byte[] line, int from, int colon, int to) {
        finish();
        String found = new String(line, from, colon - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (found.length() > NAME_OCTETS_MAX) {
            overlongName = true;
            found = found.substring(0, NAME_OCTETS_MAX);
        }
        name = found;
        append(line, colon + 1, to);
    }

    /** A folded line. One that itself looks like a MIME field is read in both ways. */
    void fold(byte[] line, int from, int to) {
        int start = from;
        while (start < to && line[start] <= ' ' && line[start] >= 0) {
            start++;
        }
        if (isContent(line, start, to)) {
            int colon = colon(line, start, to);
            if (colon >= 0 && fields.size() < FIELDS_MAX) {
                String hidden = new String(line, start, colon - start, StandardCharsets.ISO_8859_1).strip();
                String text = new String(
                        line, colon + 1, Math.min(to - colon - 1, VALUE_OCTETS_MAX), StandardCharsets.ISO_8859_1);
                fields.add(new Field(hidden.toLowerCase(Locale.ROOT), text.strip()));
                octets += text.length();
            }
        }
        append(line, from, to);
    }

    /** More of the field at hand. */
    void append(byte[] line, int from, int to) {
        int room = Math.min(VALUE_OCTETS_MAX - value.length(), OCTETS_MAX - octets);
        int taken = Math.clamp(room, 0, to - from);
        overlong |= taken < to - from;
        if (taken > 0) {
            value.append(new String(line, from, taken, StandardCharsets.ISO_8859_1));
            octets += taken;
        }
    }

    /** The header is over. */
    void finish() {
        if (name == null) {
            value.setLength(0);
            return;
        }
        if (fields.size() < FIELDS_MAX) {
            fields.add(new Field(name, value.toString().strip()));
        } else {
            overlong = true;
        }
        name = null;
        value.setLength(0);
    }
}
