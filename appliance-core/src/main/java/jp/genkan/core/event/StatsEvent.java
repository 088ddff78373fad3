package jp.genkan.core.event;

import java.util.Collections;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import jp.genkan.core.counter.CounterSet;
import org.jspecify.annotations.Nullable;

/**
 * All counters of the box at one time, as EVE's {@code stats}: a dotted name is a path of objects, so {@code decoder.ipv4} is the field
 * {@code ipv4} of the object {@code decoder}.
 *
 * @param epochNanos when
 * @param uptimeSeconds since the engine started
 * @param values by dotted name
 */
public record StatsEvent(long epochNanos, long uptimeSeconds, NavigableMap<String, Long> values) implements Event {
    /** Copies the values. */
    public StatsEvent {
        NavigableMap<String, Long> copy = new TreeMap<>(StatsEvent::comparePaths);
        copy.putAll(values);
        values = Collections.unmodifiableNavigableMap(copy);
    }

    /** Objects stay together: the separator sorts before every other character. */
    private static int comparePaths(String left, String right) {
        return left.replace('.', '\0').compareTo(right.replace('.', '\0'));
    }

    /** Collects counters. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String type() {
        return "stats";
    }

    @Override
    public @Nullable FlowIdentity identity() {
        return null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("stats");
        out.put("uptime", uptimeSeconds);
        String open = "";
        for (var entry : values.entrySet()) {
            String name = entry.getKey();
            int dot = name.lastIndexOf('.');
            open = enter(out, open, dot < 0 ? "" : name.substring(0, dot + 1));
            out.put(name.substring(dot + 1), entry.getValue());
        }
        enter(out, open, "");
        out.end();
    }

    /** Closes and opens objects to get from one path to another; both end in a dot or are empty. */
    private static String enter(EveFields out, String open, String wanted) {
        while (!wanted.startsWith(open)) {
            out.end();
            open = open.substring(0, open.lastIndexOf('.', open.length() - 2) + 1);
        }
        while (open.length() < wanted.length()) {
            int dot = wanted.indexOf('.', open.length());
            out.object(wanted.substring(open.length(), dot));
            open = wanted.substring(0, dot + 1);
        }
        return open;
    }

    /** Sums counters by name: each worker adds its own. */
    public static final class Builder {
        private final TreeMap<String, Long> values = new TreeMap<>(StatsEvent::comparePaths);

        private Builder() {}

        /**
         * Adds to a counter.
         *
         * @throws IllegalArgumentException when a name is both a counter and an object of counters
         */
        public Builder add(String name, long value) {
            String above = values.lowerKey(name);
            String below = values.higherKey(name);
            if (above != null && name.startsWith(above + ".") || below != null && below.startsWith(name + ".")) {
                throw new IllegalArgumentException("'" + name + "' is a counter and an object of counters at once");
            }
            values.merge(name, value, Long::sum);
            return this;
        }

        /** Adds all counters of a set below a prefix, each by its constant's name in lower case. */
        public <E extends Enum<E>> Builder addAll(String prefix, CounterSet<E> counters) {
            counters.forEach((name, value) -> add(prefix + "." + name.name().toLowerCase(Locale.ROOT), value));
            return this;
        }

        /** The event. */
        public StatsEvent build(long epochNanos, long uptimeSeconds) {
            return new StatsEvent(epochNanos, uptimeSeconds, values);
        }
    }
}
