package jp.genkan.ips.classification;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleProblem;

/** Lines {@code config word: ...} of a file; blank lines and comments are passed over. */
final class ConfigLines {
    /** Most octets of such a file; the known ones have 5,000. */
    static final long FILE_BYTES_MAX = 4L << 20;

    /** Most lines that are kept; the known files have 60. */
    static final int LINES_MAX = 10_000;

    private final Path file;
    private final List<RuleProblem> problems = new ArrayList<>();

    ConfigLines(Path file) {
        this.file = file;
    }

    /** Takes one line without its {@code config word:}. */
    interface Taker {
        /** False when it cannot be read. */
        boolean take(String rest);
    }

    static String text(Path file) throws IOException {
        long size = Files.size(file);
        if (size > FILE_BYTES_MAX) {
            throw new IOException(file + ": " + size + " octets; such a file has at most " + FILE_BYTES_MAX);
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Hands on every line that begins with the word; notes those that cannot be read. */
    void read(String text, String word, String form, Taker taker) {
        int number = 0;
        for (String raw : text.split("\n", LINES_MAX)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            String rest = after(after(line, "config"), word);
            if (!rest.startsWith(":") || !taker.take(rest.substring(1).strip())) {
                problems.add(
                        new RuleProblem(file, number, 1, RuleCode.SYNTAX, null, "\"" + form + "\" was expected", null));
            }
        }
    }

    private static String after(String line, String word) {
        return line.startsWith(word) ? line.substring(word.length()).strip() : "";
    }

    List<RuleProblem> problems() {
        return List.copyOf(problems);
    }

    /** True for letters, digits, hyphens and underscores behind a letter. */
    static boolean isName(String text) {
        if (text.isEmpty() || !isLetter(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> isLetter(c) || c >= '0' && c <= '9' || c == '-' || c == '_');
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
