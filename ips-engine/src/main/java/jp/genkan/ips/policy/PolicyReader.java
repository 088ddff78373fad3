package jp.genkan.ips.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.config.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a policy.
 *
 * <pre>
 *   block ★★★ classtype=command-and-control,domain-c2 confidence!=Low
 *   log ★ every=600 message="ET SCAN"
 *   off sid=2100366
 * </pre>
 *
 * <p>Thread rule: one reader, one thread, one file.
 */
final class PolicyReader {
    /** Most lines that say something: a policy that is longer is no longer readable. */
    static final int LINES_MAX = 10_000;

    /** Problems that are told; the first few are what somebody mends first. */
    private static final int PROBLEMS_MAX = 20;

    /** A day: an event that comes less often than that is not looked for any more. */
    private static final int EVERY_SECONDS_MAX = 86_400;

    private final Path file;
    private final List<String> problems = new ArrayList<>();

    PolicyReader(Path file) {
        this.file = file;
    }

    List<String> problems() {
        return problems;
    }

    /** Why a line is refused. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int column;

        Refusal(int column, String reason, @Nullable String meant) {
            super(meant == null ? reason : reason + " (did you mean " + meant + "?)");
            this.column = column;
        }
    }

    /** A piece of a line: {@code word}, or {@code word=value,value}. */
    private record Word(int column, String text) {}

    List<PolicyLine> read(String text) {
        List<PolicyLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                List<Word> words = words(line);
                if (!words.isEmpty()) {
                    if (lines.size() == LINES_MAX) {
                        throw new Refusal(1, "a policy has at most " + LINES_MAX + " lines", null);
                    }
                    lines.add(line(number, words));
                }
            } catch (Refusal refused) {
                if (problems.size() < PROBLEMS_MAX) {
                    problems.add(file + ":" + number + ":" + refused.column + ": " + refused.getMessage());
                }
            }
        }
        return lines;
    }

    /** Words are parted by white space; quotes hold white space together; {@code #} begins a comment. */
    private static List<Word> words(String line) throws Refusal {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < line.length() && line.charAt(at) != '#') {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
                continue;
            }
            int from = at;
            boolean quoted = false;
            while (at < line.length() && (quoted || !Character.isWhitespace(line.charAt(at)))) {
                quoted ^= line.charAt(at) == '"';
                at++;
            }
            if (quoted) {
                throw new Refusal(from + 1, "a quote is not closed", null);
            }
            words.add(new Word(from + 1, line.substring(from, at)));
        }
        return words;
    }

    private static PolicyLine line(int number, List<Word> words) throws Refusal {
        Answer answer = answer(words.getFirst());
        int next = 1;
        int grade = 0;
        if (answer != Answer.OFF) {
            Word word = words.size() > 1 ? words.get(1) : words.getFirst();
            grade = grade(word);
            next = 2;
        }
        int every = 0;
        List<PolicyLine.Condition> conditions = new ArrayList<>();
        for (Word word : words.subList(next, words.size())) {
            if (word.text.startsWith("every=")) {
                every = every(word);
            } else if (!word.text.equals("any")) {
                conditions.add(condition(word));
            }
        }
        if (words.size() == next) {
            throw new Refusal(words.getFirst().column, "which rules? For all of them write: any", null);
        }
        return new PolicyLine(number, answer, grade, every, conditions);
    }

    private static Answer answer(Word word) throws Refusal {
        List<String> known = new ArrayList<>();
        for (Answer answer : Answer.values()) {
            String spelled = answer.name().toLowerCase(Locale.ROOT);
            if (spelled.equals(word.text)) {
                return answer;
            }
            known.add(spelled);
        }
        throw new Refusal(
                word.column,
                "a line begins with block, log or off, not with \"" + word.text + "\"",
                Nearest.to(word.text, known));
    }

    private static int grade(Word word) throws Refusal {
        return switch (word.text) {
            case "1", "★" -> 1;
            case "2", "★★" -> 2;
            case "3", "★★★" -> 3;
            default -> throw new Refusal(word.column, "block and log are followed by a grade: ★, ★★ or ★★★", null);
        };
    }

    private static int every(Word word) throws Refusal {
        String digits = word.text.substring("every=".length());
        if (!digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int seconds = Integer.parseInt(digits);
            if (seconds >= 1 && seconds <= EVERY_SECONDS_MAX) {
                return seconds;
            }
        }
        throw new Refusal(word.column, "every is a number of seconds from 1 to " + EVERY_SECONDS_MAX, null);
    }

    private static PolicyLine.Condition condition(Word word) throws Refusal {
        int equals = word.text.indexOf('=');
        boolean not = equals > 0 && word.text.charAt(equals - 1) == '!';
        String name = equals < 0 ? word.text : word.text.substring(0, not ? equals - 1 : equals);
        if (equals < 0 || name.isEmpty()) {
            throw new Refusal(
                    word.column, "a condition is written name=value or name!=value, not \"" + word.text + "\"", null);
        }
        List<String> values = values(word.text.substring(equals + 1));
        if (values.isEmpty()) {
            throw new Refusal(word.column, name + " needs a value", null);
        }
        PolicyLine.Condition found;
        try {
            found = Conditions.of(name, values);
        } catch (IllegalArgumentException bad) {
            throw new Refusal(word.column, String.valueOf(bad.getMessage()), Conditions.nearest(name));
        }
        return not ? signature -> !found.holds(signature) : found;
    }

    /** Values are parted by commas; quotes hold commas and white space together. */
    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                if (!value.isEmpty()) {
                    values.add(value.toString());
                }
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        return values;
    }
}
