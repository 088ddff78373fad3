package jp.genkan.ips.rule;

import org.jspecify.annotations.Nullable;

/** What can be told of a rule's text without parsing it: for counting, and for messages about rules that cannot be parsed. */
final class RuleText {
    /** Digits of the largest sid, 4294967295. */
    private static final int SID_DIGITS_MAX = 10;

    private RuleText() {}

    /** A number of 32 bits without sign, or null. */
    static @Nullable Long number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > SID_DIGITS_MAX) {
            return null;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            value = value * 10 + (c - '0');
        }
        return value <= 0xffff_ffffL ? value : null;
    }

    /** The sid that a broken rule seems to have, or null. */
    static @Nullable Long sid(String text) {
        int at = sidAt(text, 0);
        if (at < 0) {
            return null;
        }
        int from = skipBlanks(text, text.indexOf(':', at) + 1);
        return number(text.substring(from, skipDigits(text, from)));
    }

    /** Where {@code sid:number;} begins at or behind an index; -1 when it does not occur. */
    static int sidAt(String text, int from) {
        for (int at = text.indexOf("sid", from); at >= 0; at = text.indexOf("sid", at + 1)) {
            if (at > 0 && isWordChar(text.charAt(at - 1))) {
                continue;
            }
            int colon = skipBlanks(text, at + 3);
            if (colon == text.length() || text.charAt(colon) != ':') {
                continue;
            }
            int digits = skipBlanks(text, colon + 1);
            int end = skipDigits(text, digits);
            int semicolon = skipBlanks(text, end);
            if (end > digits && semicolon < text.length() && text.charAt(semicolon) == ';') {
                return at;
            }
        }
        return -1;
    }

    /**
     * True when a comment is a rule that somebody switched off: an action, a protocol, a bracket, a sid, a closing bracket.
     *
     * @param text without the comment's sign and outer white space
     */
    static boolean isRule(String text) {
        int end = wordEnd(text, 0);
        if (!isAction(text.substring(0, end))) {
            return false;
        }
        int protocol = skipBlanks(text, end);
        int protocolEnd = protocol;
        while (protocolEnd < text.length() && isProtocolChar(text.charAt(protocolEnd))) {
            protocolEnd++;
        }
        if (protocol == end || protocolEnd == protocol || !isBlankAt(text, protocolEnd)) {
            return false;
        }
        int bracket = text.indexOf('(', protocolEnd);
        return bracket >= 0 && text.endsWith(")") && sidAt(text, bracket + 1) >= 0;
    }

    /** True when a line begins as rules do. */
    static boolean startsAsRule(String text) {
        int end = wordEnd(text, 0);
        return isAction(text.substring(0, end)) && isBlankAt(text, end);
    }

    private static boolean isAction(String word) {
        return switch (word) {
            case "alert", "drop", "pass", "reject", "rejectsrc", "rejectdst", "rejectboth" -> true;
            case "log", "activate", "dynamic", "sdrop", "block" -> true; // of older engines
            default -> false;
        };
    }

    private static boolean isBlankAt(String text, int at) {
        return at < text.length() && Character.isWhitespace(text.charAt(at));
    }

    private static boolean isProtocolChar(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }

    private static boolean isWordChar(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** The first index from here that is no white space. */
    static int skipBlanks(String text, int from) {
        int at = from;
        while (isBlankAt(text, at)) {
            at++;
        }
        return at;
    }

    /** The end of what has no white space. */
    static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
