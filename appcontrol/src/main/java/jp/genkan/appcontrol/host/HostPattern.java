package jp.genkan.appcontrol.host;

import java.util.Locale;

/**
 * A host's name in a definition, and what it names. The forms:
 *
 * <pre>
 *   example.com      the host and everything below it
 *   =example.com     the host alone
 *   img*.example.com a label with an asterisk; only the first may have one, or several
 *   video*.**.example.com   the same, with further labels between
 *   example.*        example under any public suffix of one or two labels: example.jp, example.co.uk, and everything below it
 * </pre>
 *
 * @param form which of them
 * @param name in lower case, without the signs of its form
 * @param glob the first label of {@link Form#GLOB}, else empty
 * @param application number of the name
 */
public record HostPattern(Form form, String name, String glob, int application) {
    /** Longest name, RFC 1035 §2.3.4. */
    public static final int NAME_MAX = 253;

    /** How a pattern matches. */
    public enum Form {
        SUFFIX,
        EXACT,
        GLOB,
        DEEP_GLOB,
        ANY_SUFFIX
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static HostPattern parse(String text, int application) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("=")) {
            return new HostPattern(Form.EXACT, checked(lower.substring(1), text), "", application);
        }
        if (lower.endsWith(".*")) {
            String label = lower.substring(0, lower.length() - 2);
            if (label.isEmpty() || label.indexOf('*') >= 0) {
                throw new IllegalArgumentException("'" + text + "': only labels may stand before .*");
            }
            return new HostPattern(Form.ANY_SUFFIX, checked(label, text), "", application);
        }
        int star = lower.indexOf('*');
        if (star < 0) {
            return new HostPattern(Form.SUFFIX, checked(lower, text), "", application);
        }
        int dot = lower.indexOf('.');
        boolean deep = dot > 0 && lower.startsWith(".**.", dot);
        int from = deep ? dot + 4 : dot + 1;
        if (dot < 0 || lower.indexOf('*', from) >= 0) {
            throw new IllegalArgumentException("'" + text + "': an asterisk may stand in the first label only");
        }
        return new HostPattern(
                deep ? Form.DEEP_GLOB : Form.GLOB,
                checked(lower.substring(from), text),
                lower.substring(0, dot),
                application);
    }

    private static String checked(String name, String text) {
        if (name.isEmpty() || name.length() > NAME_MAX) {
            throw new IllegalArgumentException("'" + text + "': a host has 1 to " + NAME_MAX + " characters");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean known = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
            if (!known) {
                throw new IllegalArgumentException("'" + text + "': '" + c + "' does not stand in a host's name");
            }
        }
        if (name.startsWith(".") || name.endsWith(".") || name.contains("..")) {
            throw new IllegalArgumentException("'" + text + "': a label is empty");
        }
        return name;
    }
}
