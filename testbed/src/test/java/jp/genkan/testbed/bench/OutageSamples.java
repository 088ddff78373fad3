package jp.genkan.testbed.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import jp.genkan.testbed.load.Outage;

/** What failures cost, one result a round and more where a failure comes twice in one. */
final class OutageSamples {
    private final Map<Case, List<Outage.Result>> results = new TreeMap<>();

    private record Case(Subject subject, Outage.Hit hit, boolean load) implements Comparable<Case> {
        @Override
        public int compareTo(Case other) {
            int bySubject = subject.compareTo(other.subject);
            int byLoad = Boolean.compare(load, other.load);
            return bySubject != 0 ? bySubject : byLoad != 0 ? byLoad : hit.compareTo(other.hit);
        }
    }

    void add(Subject subject, Outage.Hit hit, boolean load, Outage.Result result) {
        results.computeIfAbsent(new Case(subject, hit, load), c -> new ArrayList<>())
                .add(result);
    }

    /** A Markdown section, empty when nothing was measured. */
    String table() {
        if (results.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("""

                ### Outages

                A datagram each millisecond, echoed. Median (lowest–highest) of the rounds.

                | | | without forwarding, ms | datagrams lost | duplicated | TCP gap, ms | TCP connections that broke |
                | --- | --- | ---: | ---: | ---: | ---: | ---: |
                """);
        results.forEach((key, all) -> text.append("| ")
                .append(key.subject().title())
                .append(" | ")
                .append(key.hit().name().toLowerCase(Locale.ROOT))
                .append(key.load() ? " under load" : " idle")
                .append(" | ")
                .append(spread(all, result -> result.ticks().outageMillis()))
                .append(" | ")
                .append(spread(all, result -> result.ticks().lost()))
                .append(" | ")
                .append(spread(all, result -> result.ticks().duplicated()))
                .append(" | ")
                .append(spread(all, Outage.Result::streamGapMillis))
                .append(" | ")
                .append(all.stream().filter(result -> !result.streamAlive()).count())
                .append(" of ")
                .append(all.size())
                .append(" |\n"));
        return text.toString();
    }

    private static String spread(List<Outage.Result> results, ToDoubleFunction<Outage.Result> value) {
        List<Double> sorted =
                new ArrayList<>(results.stream().mapToDouble(value).boxed().toList());
        Collections.sort(sorted);
        return String.format(
                "**%.1f** (%.1f–%.1f)", sorted.get((sorted.size() - 1) / 2), sorted.getFirst(), sorted.getLast());
    }
}
