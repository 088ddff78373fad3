package jp.genkan.av.password;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds what may be a password in the text of a mail: what stands behind a word for one, and what stands alone on a line and is no word. */
final class PasswordSearch {
    /** Characters of a mail that are looked at: what is longer quotes older mails. */
    static final int TEXT_MAX = 262_144;

    /** Places behind which a password is looked for. */
    private static final int PLACES_MAX = 256;

    /** Characters between the word and the password: "is as follows:", two line ends, brackets. */
    private static final int GAP_MAX = 60;

    private static final int LENGTH_MIN = 4;
    private static final int LENGTH_MAX = 64;
    private static final int ALONE_MIN = 6;
    private static final int ALONE_MAX = 32;
    private static final int TAG_MAX = 512;

    private static final int KEYWORD_POINTS = 10;
    private static final int ARCHIVE_POINTS = 3;
    private static final int NEAR_POINTS = 2;

    /** In the form that compatibility characters take; longer ones first where one begins another. */
    private static final String[] WORDS = {
        "パスワード", "パスコード", "暗証番号", "password", "passwort", "passcode", "passwd", "pass word", "p/w", "pwd", "pw", "pass"
    };

    private static final String[] ARCHIVE_WORDS = {"解凍", "展開", "zip", "添付", "復号", "unzip", "extract", "archive", "暗号"};
    private static final Set<String> FILLERS = Set.of(
            "is",
            "for",
            "the",
            "to",
            "open",
            "of",
            "this",
            "file",
            "zip",
            "attached",
            "archive",
            "attachment",
            "as",
            "follows",
            "below",
            "document",
            "files",
            "unzip",
            "extract",
            "it",
            "will",
            "be");

    private static final String BRACKETS = "「」『』【】〔〕［］《》〈〉()[]<>\"'“”‘’:：=＝-→⇒>*■□●◆・|";

    private PasswordSearch() {}

    static List<String> in(String given, int most) {
        String cut = given.length() > TEXT_MAX ? given.substring(0, TEXT_MAX) : given;
        String text = Normalizer.normalize(withoutTags(cut), Normalizer.Form.NFKC);
        String lower = text.toLowerCase(Locale.ROOT);
        Map<String, Integer> points = new LinkedHashMap<>();
        if (lower.length() == text.length()) {
            int places = 0;
            for (String word : WORDS) {
                int at = lower.indexOf(word);
                while (at >= 0 && places++ < PLACES_MAX) {
                    behind(text, lower, at, at + word.length(), points);
                    at = lower.indexOf(word, at + word.length());
                }
            }
        }
        alone(text, points);
        return points.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .limit(most)
                .toList();
    }

    private static String withoutTags(String text) {
        if (text.indexOf('<') < 0 || !text.toLowerCase(Locale.ROOT).contains("</")) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = c == '<' ? text.indexOf('>', at) : -1;
            if (end > at && end - at <= TAG_MAX) {
                plain.append('\n');
                at = end + 1;
            } else {
                plain.append(c);
                at++;
            }
        }
        return plain.toString()
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static boolean isPart(char c) {
        return c > ' ' && c < 0x7f;
    }

    private static void behind(String text, String lower, int word, int from, Map<String, Integer> points) {
        boolean inside = word > 0 && isLetter(lower.charAt(word - 1)) && isLetter(lower.charAt(word));
        if (inside || from < text.length() && isLetter(lower.charAt(from)) && isLetter(lower.charAt(word))) {
            return; // part of another word
        }
        String context = lower.substring(Math.max(0, word - 24), word);
        int extra = 0;
        for (String archive : ARCHIVE_WORDS) {
            extra = context.contains(archive) ? ARCHIVE_POINTS : extra;
        }
        int at = from;
        boolean told = false;
        while (at < text.length() && at - from < GAP_MAX) {
            char c = text.charAt(at);
            told |= c == ':' || c == '=' || c == '\n' || c == '「' || c == 'は' || c == '[' || c == '【';
            if (isPart(c) && BRACKETS.indexOf(c) < 0) {
                int end = end(text, at);
                String found = trimmed(text.substring(at, end));
                if (!isFiller(found)) {
                    add(found, KEYWORD_POINTS + extra + (told ? NEAR_POINTS : 0), points);
                    return;
                }
                told = true;
                at = end;
            } else {
                at++;
            }
        }
    }

    /** Words between the word for a password and the password itself. */
    private static boolean isFiller(String found) {
        String bare = found.toLowerCase(Locale.ROOT).replace(":", "");
        return FILLERS.contains(bare);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static int end(String text, int from) {
        int end = from;
        while (end < text.length() && isPart(text.charAt(end)) && end - from <= LENGTH_MAX) {
            end++;
        }
        return end;
    }

    /** Without what closes a sentence or a bracket. */
    private static String trimmed(String found) {
        int end = found.length();
        while (end > 0 && "\"'.,;)]>".indexOf(found.charAt(end - 1)) >= 0 && !opens(found, end)) {
            end--;
        }
        return found.substring(0, end);
    }

    private static boolean opens(String found, int end) {
        char last = found.charAt(end - 1);
        return last == ')' && found.indexOf('(') >= 0 || last == ']' && found.indexOf('[') >= 0;
    }

    private static void add(String found, int more, Map<String, Integer> points) {
        if (found.length() < LENGTH_MIN || found.length() > LENGTH_MAX || found.contains("://")) {
            return;
        }
        points.merge(found, more + mixture(found), Math::max);
    }

    /** How little a text looks like a word. */
    private static int mixture(String text) {
        boolean digit = false;
        boolean upper = false;
        boolean lower = false;
        boolean sign = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digit |= c >= '0' && c <= '9';
            upper |= c >= 'A' && c <= 'Z';
            lower |= c >= 'a' && c <= 'z';
            sign |= !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z');
        }
        return (digit ? 2 : 0) + (upper && lower ? 1 : 0) + (sign ? 1 : 0);
    }

    /** What stands alone on a line. */
    private static void alone(String text, Map<String, Integer> points) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (at < text.length() && found.size() < PLACES_MAX) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, Math.min(end, at + ALONE_MAX + 16)).strip();
            boolean fits = line.length() >= ALONE_MIN && line.length() <= ALONE_MAX && mixture(line) >= 3;
            for (int i = 0; fits && i < line.length(); i++) {
                fits = isPart(line.charAt(i));
            }
            if (fits && line.indexOf('@') <= 0 && !line.contains("://")) {
                found.add(line);
            }
            at = end + 1;
        }
        for (String each : found) {
            points.merge(each, mixture(each), Math::max);
        }
    }
}
