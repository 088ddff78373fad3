package jp.genkan.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is told at once. */
final class Problems {
    /** Most lines that are told: a file that is not a configuration at all need not be told line by line. */
    static final int LINES_MAX = 100;

    /** Most characters of a value that are repeated in a message. */
    private static final int QUOTED_CHARS_MAX = 60;

    private final List<Line> lines = new ArrayList<>();
    private int more;

    /** One problem, which remembers its place, so that all of them can be told in the order of the file. */
    private record Line(int line, int column, String text) {}

    void add(YamlNode.Place place, String text) {
        add(new Line(place.line(), place.column(), place + ": " + text));
    }

    void add(String line) {
        add(new Line(0, 0, line));
    }

    private void add(Line line) {
        if (lines.size() < LINES_MAX) {
            lines.add(line);
        } else {
            more++;
        }
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void throwIfAny() throws ConfigException {
        if (!lines.isEmpty()) {
            lines.sort(Comparator.comparingInt(Line::line).thenComparingInt(Line::column));
            List<String> all = new ArrayList<>(lines.stream().map(Line::text).toList());
            if (more > 0) {
                all.add("and " + more + " more problems");
            }
            throw new ConfigException(all);
        }
    }

    /** A value in quotes, on one line, and not too long. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        int count = Math.min(text.length(), QUOTED_CHARS_MAX);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            boolean unprintable =
                    Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029';
            quoted.append(unprintable ? '\ufffd' : c);
        }
        return quoted.append(count < text.length() ? "\u2026'" : "'").toString();
    }
}
