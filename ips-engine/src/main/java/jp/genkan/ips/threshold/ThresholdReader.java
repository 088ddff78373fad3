package jp.genkan.ips.threshold;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleProblem;

/** Reads {@code threshold.config}, line by line; a backslash at the end of a line goes on with the next. One reader, one file. */
final class ThresholdReader {
    /** Most lines that count, comments too: as many rules as a large set has, twice. */
    static final int LINES_MAX = 200_000;

    /** Most characters of a line: as of a rule. */
    static final int LINE_CHARS_MAX = 1 << 16;

    private final Path file;
    private final Variables variables;
    private final List<ThresholdEntry> entries = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();

    ThresholdReader(Path file, Variables variables) {
        this.file = file;
        this.variables = variables;
    }

    ThresholdConfig read(String text) {
        StringBuilder joined = new StringBuilder();
        int first = 0;
        int number = 0;
        String[] lines = text.split("\n", LINES_MAX + 1);
        for (String raw : lines) {
            number++;
            if (number > LINES_MAX) {
                note(number, new RuleException(RuleCode.TOO_LARGE, 0, "more than " + LINES_MAX + " lines"));
                break;
            }
            String line = raw.stripTrailing();
            if (joined.isEmpty()) {
                first = number;
                if (line.isBlank() || line.strip().charAt(0) == '#') {
                    continue;
                }
            }
            boolean goesOn = line.endsWith("\\") && number < lines.length;
            if (joined.length() <= LINE_CHARS_MAX) {
                joined.append(goesOn ? line.substring(0, line.length() - 1) : line);
            }
            if (goesOn) {
                joined.append(' ');
            } else {
                entry(joined.toString(), first);
                joined.setLength(0);
            }
        }
        if (!joined.isEmpty()) {
            entry(joined.toString(), first);
        }
        return new ThresholdConfig(entries, problems);
    }

    private void entry(String text, int line) {
        try {
            if (text.length() > LINE_CHARS_MAX) {
                throw new RuleException(RuleCode.TOO_LARGE, 0, "more than " + LINE_CHARS_MAX + " characters");
            }
            entries.add(new ThresholdLine(text, line, variables).entry());
        } catch (RuleException bad) {
            note(line, bad);
        }
    }

    private void note(int line, RuleException bad) {
        problems.add(new RuleProblem(file, line, bad.column(), bad.code(), null, bad.reason(), bad.hint()));
    }
}
