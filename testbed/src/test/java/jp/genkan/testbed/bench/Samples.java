package jp.genkan.testbed.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The values of one mode: by metric and subject, one a round. */
final class Samples {
    private final Map<Metric, Map<Subject, List<Double>>> values = new EnumMap<>(Metric.class);

    void add(Metric metric, Subject subject, double value) {
        values.computeIfAbsent(metric, m -> new EnumMap<>(Subject.class))
                .computeIfAbsent(subject, s -> new ArrayList<>())
                .add(value);
    }

    /** The middle value; of an even number, the lower of the two in the middle. */
    OptionalDouble median(Metric metric, Subject subject) {
        List<Double> all = values.getOrDefault(metric, Map.of()).get(subject);
        if (all == null) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return OptionalDouble.of(sorted.get((sorted.size() - 1) / 2));
    }

    /** A Markdown table: medians, and in parentheses the ratio to the bridge and the extremes. */
    String table(List<Subject> subjects) {
        StringBuilder text = new StringBuilder("| |");
        subjects.forEach(subject -> text.append(' ').append(subject.title()).append(" |"));
        text.append("\n| --- |").append(" ---: |".repeat(subjects.size())).append('\n');
        for (Metric metric : Metric.values()) {
            if (!values.containsKey(metric)) {
                continue;
            }
            text.append("| ")
                    .append(metric.title)
                    .append(", ")
                    .append(metric.unit)
                    .append(" |");
            for (Subject subject : subjects) {
                text.append(' ').append(cell(metric, subject)).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String cell(Metric metric, Subject subject) {
        OptionalDouble median = median(metric, subject);
        List<Double> all = values.getOrDefault(metric, Map.of()).getOrDefault(subject, List.of());
        if (median.isEmpty()) {
            return "–";
        }
        String spread = metric.format(Collections.min(all)) + "–" + metric.format(Collections.max(all));
        OptionalDouble bridge = median(metric, Subject.BRIDGE);
        String ratio = subject == Subject.BRIDGE || bridge.isEmpty() || bridge.getAsDouble() == 0
                ? ""
                : String.format("%.2f×; ", median.getAsDouble() / bridge.getAsDouble());
        return "**" + metric.format(median.getAsDouble()) + "** (" + ratio + spread + ")";
    }
}
