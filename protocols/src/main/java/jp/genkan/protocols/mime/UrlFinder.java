package jp.genkan.protocols.mime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds URLs in the text of a mail.
 *
 * <p>Thread rule: one owner.
 */
final class UrlFinder {
    /** Most URLs of a mail: newsletters have about a hundred; the first ones tell what it is. */
    static final int URLS_MAX = 64;

    /** Most characters of a URL that are kept: what browsers have always taken. */
    static final int CHARS_MAX = 2048;

    private static final List<String> SCHEMES = List.of("http://", "https://", "ftp://");

    private final Set<String> urls = new LinkedHashSet<>();
    private final StringBuilder word = new StringBuilder();

    /** Text of a part, an octet a character. */
    void read(byte[] octets, int from, int to) {
        for (int i = from; i < to && urls.size() < URLS_MAX; i++) {
            char c = (char) (octets[i] & 0xff);
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == '\'') {
                wordEnds();
            } else if (word.length() < CHARS_MAX) {
                word.append(c);
            }
        }
    }

    /** The text is over. */
    void wordEnds() {
        if (word.length() > SCHEMES.getLast().length() && word.indexOf("://") > 0) {
            String text = word.toString();
            String lower = text.toLowerCase(Locale.ROOT);
            for (String scheme : SCHEMES) {
                int at = lower.indexOf(scheme);
                if (at >= 0) {
                    add(text.substring(at + scheme.length()));
                }
            }
        }
        word.setLength(0);
    }

    private void add(String url) {
        int end = url.length();
        while (end > 0 && ".,;:)]}!?".indexOf(url.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end > 0) {
            urls.add(Charsets.decodeRaw(url.substring(0, end)));
        }
    }

    /** Those found so far, without their schemes. */
    List<String> urls() {
        return List.copyOf(urls);
    }
}
