package jp.genkan.ips.rule;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule file holds.
 *
 * @param file its path, as given
 * @param charset how it was decoded; a text of a rule encoded with it gives the octets of the file again
 * @param rules those that are not commented out and could be parsed, in order
 * @param problems those that could not be parsed
 * @param enabled rules that are not commented out, parsed or not
 * @param disabled rules that are commented out
 * @param breaks by a rule's first line: where, in its text, its further lines begin; only for rules of several lines
 */
public record RuleSource(
        Path file,
        Charset charset,
        List<Rule> rules,
        List<RuleProblem> problems,
        int enabled,
        int disabled,
        Map<Integer, Breaks> breaks) {
    public RuleSource {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
        breaks = Map.copyOf(breaks);
        if (enabled != rules.size() + problems.size() || disabled < 0) {
            throw new IllegalArgumentException("the counts do not agree");
        }
    }

    /** All rules, commented-out ones too. */
    public int total() {
        return enabled + disabled;
    }

    /** The problem of a rule of this file, with its place in the file: a rule of several lines is told by the line that is meant. */
    public RuleProblem problem(Rule rule, RuleException why) {
        return place(file, rule.line(), breaks.get(rule.line()), rule.sid(), why);
    }

    static RuleProblem place(Path file, int line, @Nullable Breaks breaks, @Nullable Long sid, RuleException why) {
        int column = why.column();
        int further = breaks == null ? 0 : breaks.before(column - 1);
        int columnThere = further == 0 || breaks == null ? column : column - breaks.start(further - 1);
        return new RuleProblem(file, line + further, columnThere, why.code(), sid, why.reason(), why.hint());
    }

    /** Where the further lines of a rule begin in its text. */
    public static final class Breaks {
        private final int[] starts;

        Breaks(int[] starts) {
            this.starts = starts;
        }

        /** How many further lines begin at or before this index. */
        int before(int index) {
            int found = Arrays.binarySearch(starts, index);
            if (found < 0) {
                return -found - 1;
            }
            while (found + 1 < starts.length && starts[found + 1] == index) {
                found++;
            }
            return found + 1;
        }

        int start(int further) {
            return starts[further];
        }
    }
}
