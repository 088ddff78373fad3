package jp.genkan.urlfilter.list;

import java.nio.charset.StandardCharsets;

/** What lines of lists have in common. Functions of their arguments alone. */
final class LineText {
    /** Characters of a row that a problem line quotes. */
    private static final int QUOTED_MAX = 60;

    private LineText() {}

    static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }

    /** Where the text begins behind blanks. */
    static int skipBlanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isBlank(text[at])) {
            at++;
        }
        return at;
    }

    /** Where the text begins behind blanks, those of Japanese (U+3000) and of word processors (U+00A0) too. */
    static int skipWideBlanks(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            if (isBlank(text[at])) {
                at++;
            } else if (startsWith(text, at, to, "\u00e3\u0080\u0080")) {
                at += 3;
            } else if (startsWith(text, at, to, "\u00c2\u00a0")) {
                at += 2;
            } else {
                break;
            }
        }
        return at;
    }

    /** Where the text ends before blanks. */
    static int trimBlanks(byte[] text, int from, int to) {
        int end = to;
        while (end > from && isBlank(text[end - 1])) {
            end--;
        }
        return end;
    }

    /** Where the word that begins here ends. */
    static int wordEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && !isBlank(text[at])) {
            at++;
        }
        return at;
    }

    static int indexOf(byte[] text, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (text[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    static boolean startsWith(byte[] text, int from, int to, String begin) {
        if (to - from < begin.length()) {
            return false;
        }
        for (int i = 0; i < begin.length(); i++) {
            if ((text[from + i] & 0xff) != begin.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean contains(byte[] text, int from, int to, String wanted) {
        for (int i = from; i + wanted.length() <= to; i++) {
            if (startsWith(text, i, to, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** True for an empty line and one that begins with a sign of comments. */
    static boolean isRemark(byte[] text, int from, int to) {
        return from >= to
                || text[from] == '#'
                || text[from] == ';'
                || text[from] == '!'
                || text[from] == '/' && from + 1 < to && text[from + 1] == '/';
    }

    static String text(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** The text in quotes, cut to what fits a message, with unprintable characters replaced. */
    static String quote(byte[] text, int from, int to) {
        StringBuilder quoted = new StringBuilder("'");
        int end = Math.min(to, from + QUOTED_MAX);
        String cut = text(text, from, end);
        for (int i = 0; i < cut.length(); i++) {
            char letter = cut.charAt(i);
            quoted.append(Character.isISOControl(letter) || letter == '\u2028' || letter == '\u2029' ? '?' : letter);
        }
        return quoted.append(end < to ? "...'" : "'").toString();
    }
}
