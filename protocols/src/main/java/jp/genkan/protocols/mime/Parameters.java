package jp.genkan.protocols.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parameters of {@code Content-Type} and {@code Content-Disposition} (RFC 2045 §5.1, RFC 2183, RFC 2231), with every reading of a value that some mail
 * program may have.
 *
 * <p>Thread rule: immutable.
 */
final class Parameters {
    /** Most parameters of a field that are read; real fields have up to ten, RFC 2231 continuations included. */
    static final int PARAMETERS_MAX = 64;

    /** One parameter as written: the name's base in lower case, the segment's number or -1, and whether it is percent-encoded. */
    private record Parameter(String name, int segment, boolean encoded, String value) {}

    /**
     * One reading of a value.
     *
     * @param text characters as they came, an octet each, or readable text
     * @param state which of both
     */
    record Reading(String text, State state) {}

    /** Whether a text still is what the mail holds. */
    enum State {
        RAW,
        DECODED
    }

    private final String value;
    private final List<Parameter> parameters = new ArrayList<>();

    /** Reads a field's value. */
    Parameters(String field) {
        int end = field.indexOf(';');
        String head = end < 0 ? field : field.substring(0, end);
        value = withoutComments(head).replace("\"", "").strip().toLowerCase(Locale.ROOT);
        int at = end < 0 ? field.length() : end + 1;
        while (at < field.length() && parameters.size() < PARAMETERS_MAX) {
            at = parameter(field, at);
        }
    }

    /** What stands before the first parameter, in lower case: a media type, a disposition. */
    String value() {
        return value;
    }

    private int parameter(String field, int from) {
        int equals = from;
        int depth = 0;
        while (equals < field.length() && (depth > 0 || field.charAt(equals) != '=' && field.charAt(equals) != ';')) {
            char c = field.charAt(equals);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            }
            equals++;
        }
        if (equals >= field.length() || field.charAt(equals) == ';') {
            return equals + 1;
        }
        String name = withoutComments(field.substring(from, equals))
                .replace("\\", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder();
        int at = value(field, equals + 1, text);
        add(name, text.toString());
        return at + 1;
    }

    /** Reads a token or quoted string up to its semicolon. */
    private static int value(String field, int from, StringBuilder text) {
        int at = from;
        while (at < field.length() && field.charAt(at) <= ' ') {
            at++;
        }
        boolean quoted = at < field.length() && field.charAt(at) == '"';
        if (quoted) {
            at++;
            while (at < field.length() && field.charAt(at) != '"') {
                if (field.charAt(at) == '\\' && at + 1 < field.length()) {
                    at++;
                }
                text.append(field.charAt(at++));
            }
            at++;
        }
        boolean white = false;
        while (at < field.length() && field.charAt(at) != ';') {
            char c = field.charAt(at++);
            white |= c <= ' ' && quoted;
            if (c == '\\' && at < field.length()) {
                c = field.charAt(at++);
            }
            if (!white) {
                text.append(c);
            }
        }
        while (!quoted && !text.isEmpty() && text.charAt(text.length() - 1) <= ' ') {
            text.setLength(text.length() - 1);
        }
        return at;
    }

    private void add(String name, String text) {
        boolean encoded = name.endsWith("*");
        String base = encoded ? name.substring(0, name.length() - 1) : name;
        int star = base.indexOf('*');
        int segment = -1;
        if (star >= 0) {
            segment = number(base, star + 1);
            base = base.substring(0, star);
        }
        parameters.add(new Parameter(base, segment, encoded, text));
    }

    private static int number(String text, int from) {
        int number = 0;
        for (int i = from; i < text.length() && i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                return number;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Every value that a parameter may be read to have, most likely first: RFC 2231's form before the plain one. */
    List<Reading> readings(String name) {
        Set<Reading> found = new LinkedHashSet<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name) && parameter.segment() < 0 && parameter.encoded()) {
                found.add(extended(parameter.value(), true));
            }
        }
        addSegments(name, found);
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name) && parameter.segment() < 0 && !parameter.encoded()) {
                found.add(new Reading(parameter.value(), State.RAW));
                found.add(new Reading(withoutComments(parameter.value()), State.RAW));
            }
        }
        found.removeIf(reading -> reading.text().isBlank());
        return List.copyOf(found);
    }

    private void addSegments(String name, Set<Reading> found) {
        TreeMap<Integer, String> ordered = new TreeMap<>();
        StringBuilder asWritten = new StringBuilder();
        boolean encoded = false;
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name) && parameter.segment() >= 0) {
                encoded |= parameter.encoded();
                ordered.putIfAbsent(parameter.segment(), parameter.value());
                asWritten.append(parameter.value());
            }
        }
        if (!ordered.isEmpty()) {
            String joined = String.join("", ordered.values());
            found.add(extended(joined, encoded));
            found.add(extended(asWritten.toString(), encoded));
            found.add(extended(joined, true)); // percent signs that nothing announced
        }
    }

    /** RFC 2231 §4: {@code charset'language'text}, where quotes and percent signs are optional as mail programs have it. */
    private static Reading extended(String text, boolean encoded) {
        if (!encoded) {
            return new Reading(text, State.RAW);
        }
        int first = text.indexOf('\'');
        int second = first < 0 ? -1 : text.indexOf('\'', first + 1);
        String charset = second < 0 ? "" : text.substring(0, first);
        String rest = second < 0 ? text : text.substring(second + 1);
        return new Reading(Charsets.decode(percentDecoded(rest), charset), State.DECODED);
    }

    private static byte[] percentDecoded(String text) {
        byte[] octets = new byte[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                octets[count++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                octets[count++] = (byte) c;
            }
        }
        return Arrays.copyOf(octets, count);
    }

    private static String withoutComments(String text) {
        if (text.indexOf('(') < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
