package jp.genkan.ips.rule;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why one rule is refused, and where.
 *
 * @param file where the rule stands
 * @param line from 1
 * @param column from 1; 0 when it concerns the whole rule
 * @param code what kind of problem
 * @param sid the rule's number; null when it cannot be told
 * @param reason what is wrong, without the place
 * @param hint the nearest right spelling; null when there is none
 */
public record RuleProblem(
        Path file,
        int line,
        int column,
        RuleCode code,
        @Nullable Long sid,
        String reason,
        @Nullable String hint) {
    public RuleProblem {
        if (line < 1 || column < 0) {
            throw new IllegalArgumentException("no place in a file: " + line + ":" + column);
        }
    }

    /** The reason with its suggestion. */
    public String explanation() {
        return hint == null ? reason : reason + " (did you mean " + hint + "?)";
    }

    /** {@code file:line:column: E007 unknown keyword "htpp.uri" (did you mean http.uri?)}. */
    @Override
    public String toString() {
        return file + ":" + line + (column == 0 ? "" : ":" + column) + ": " + code.code() + " " + explanation();
    }
}
