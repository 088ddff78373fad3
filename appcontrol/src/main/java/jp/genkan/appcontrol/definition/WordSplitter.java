package jp.genkan.appcontrol.definition;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words: blanks separate, but not between quotation marks; {@code #} begins a comment where a word could begin. Stateless. */
final class WordSplitter {
    private WordSplitter() {}

    /**
     * The words of a line, quotation marks still in them.
     *
     * @throws IllegalArgumentException when a quotation is not closed
     */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '#') {
                return words;
            } else {
                int end = wordEnd(line, at);
                words.add(line.substring(at, end));
                at = end;
            }
        }
        return words;
    }

    private static int wordEnd(String line, int from) {
        boolean quoted = false;
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '\\' && quoted) {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                return at;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quotation mark is not closed");
        }
        return line.length();
    }
}
