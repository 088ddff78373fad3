package jp.genkan.ips.rule;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What loading rule files came to: what {@code genkan rules check} says.
 *
 * @param files rule files that were read
 * @param rules commented-out ones too
 * @param enabled rules that are not commented out
 * @param problems one for each enabled rule that was not loaded; {@link RuleCode#REQUIRES} tells those that are passed over without being wrong
 * @param seconds that it took
 */
public record RulesReport(int files, int rules, int enabled, List<RuleProblem> problems, double seconds) {
    /** Reasons that a table shows; the rest is summed up. */
    private static final int TABLE_ROWS_MAX = 40;

    private static final int TABLE_REASON_CHARS_MAX = 90;
    private static final JsonFactory JSON = new JsonFactory();

    public RulesReport {
        problems = List.copyOf(problems);
        if (files < 0 || enabled < problems.size() || rules < enabled) {
            throw new IllegalArgumentException("the counts do not agree");
        }
    }

    /** Enabled rules that were loaded. */
    public int loaded() {
        return enabled - problems.size();
    }

    /** Enabled rules that are wrong. */
    public int failed() {
        return problems.size() - skipped();
    }

    /** Enabled rules that ask for another engine, by {@code requires}. */
    public int skipped() {
        return (int) problems.stream()
                .filter(problem -> problem.code() == RuleCode.REQUIRES)
                .count();
    }

    /** Code and reason of the wrong rules, with their number; the most frequent first. */
    public Map<String, Integer> byReason() {
        Map<String, Integer> sorted = new LinkedHashMap<>();
        groups().forEach((reason, group) -> sorted.put(reason, group.count));
        return sorted;
    }

    /** Problems of one reason. */
    private static final class Group {
        private final RuleProblem first;
        private int count;

        Group(RuleProblem first) {
            this.first = first;
        }
    }

    private Map<String, Group> groups() {
        Map<String, Group> found = new LinkedHashMap<>();
        for (RuleProblem problem : problems) {
            if (problem.code() != RuleCode.REQUIRES) {
                String reason = problem.code().code() + " " + problem.reason();
                found.computeIfAbsent(reason, first -> new Group(problem)).count++;
            }
        }
        Map<String, Group> sorted = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Group> entry) -> entry.getValue().count)
                        .reversed())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /** One JSON object on one line. */
    public String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("files", files);
            json.writeNumberField("rules", rules);
            json.writeNumberField("enabled", enabled);
            json.writeNumberField("loaded", loaded());
            json.writeNumberField("failed", failed());
            json.writeNumberField("skipped", skipped());
            json.writeNumberField("seconds", Math.round(seconds * 1e3) / 1e3);
            json.writeObjectFieldStart("by_reason");
            for (Map.Entry<String, Integer> entry : byReason().entrySet()) {
                json.writeNumberField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("problems");
            for (RuleProblem problem : problems) {
                write(problem, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(RuleProblem problem, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", problem.file().toString());
        json.writeNumberField("line", problem.line());
        json.writeNumberField("column", problem.column());
        json.writeStringField("code", problem.code().code());
        Long sid = problem.sid();
        if (sid != null) {
            json.writeNumberField("sid", sid);
        }
        json.writeStringField("reason", problem.reason());
        if (problem.hint() != null) {
            json.writeStringField("hint", problem.hint());
        }
        json.writeEndObject();
    }

    /** Lines for a person: the counts, then the reasons with the place of the first rule that has each. */
    public String toTable() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d rules in %,d files, %,d enabled: %,d loaded, %,d refused, %,d for other engines (%.1f s)%n",
                rules,
                files,
                enabled,
                loaded(),
                failed(),
                skipped(),
                seconds));
        int row = 0;
        int rest = 0;
        for (Map.Entry<String, Group> entry : groups().entrySet()) {
            if (row++ == 0) {
                text.append(String.format(Locale.ROOT, "%n%8s  %s%n", "refused", "reason, and the first such rule"));
            }
            if (row > TABLE_ROWS_MAX) {
                rest += entry.getValue().count;
                continue;
            }
            RuleProblem first = entry.getValue().first;
            text.append(String.format(Locale.ROOT, "%,8d  %s%n", entry.getValue().count, shown(entry.getKey())));
            text.append(String.format(
                    Locale.ROOT,
                    "%10s%s:%d:%d%s%s%n",
                    "",
                    first.file(),
                    first.line(),
                    first.column(),
                    first.sid() == null ? "" : " sid " + first.sid(),
                    first.hint() == null ? "" : ", did you mean " + first.hint() + "?"));
        }
        if (rest > 0) {
            text.append(String.format(Locale.ROOT, "%,8d  for %,d other reasons%n", rest, row - TABLE_ROWS_MAX));
        }
        return text.toString();
    }

    private static String shown(String reason) {
        return reason.length() > TABLE_REASON_CHARS_MAX ? reason.substring(0, TABLE_REASON_CHARS_MAX) + "..." : reason;
    }
}
