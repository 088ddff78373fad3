package jp.genkan.core.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something about the box itself that its operator should know: an interface that is gone, a time in which frames passed uninspected, events
 * that were shed, a disk that is full.
 *
 * @param epochNanos when it was noticed
 * @param name stable name for machines, lower case with underscores: {@code interface_gone}
 * @param severity how bad it is
 * @param text one English sentence for people
 * @param fromNanos when it began, nanoseconds since 1970; 0 when that does not apply
 * @param toNanos when it ended; 0 when it goes on or does not apply
 * @param numbers further numbers by name, in the order in which they are written
 * @param words further texts by name
 */
public record HealthEvent(
        long epochNanos,
        String name,
        Severity severity,
        String text,
        long fromNanos,
        long toNanos,
        Map<String, Long> numbers,
        Map<String, String> words)
        implements Event {

    /** How bad it is. */
    public enum Severity {
        /** Good to know: something is well again. */
        INFO("info"),
        /** The box does its work with a limitation. */
        WARNING("warning"),
        /** Traffic passes uninspected, or is cut. */
        CRITICAL("critical");

        private final String eveName;

        Severity(String eveName) {
            this.eveName = eveName;
        }
    }

    /** Copies what it is given. */
    public HealthEvent {
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /** An event without times and details. */
    public static HealthEvent of(long epochNanos, String name, Severity severity, String text) {
        return new HealthEvent(epochNanos, name, severity, text, 0, 0, Map.of(), Map.of());
    }

    /** The same with its times; an end of 0 means that it goes on. */
    public HealthEvent during(long fromNanos, long toNanos) {
        return new HealthEvent(epochNanos, name, severity, text, fromNanos, toNanos, numbers, words);
    }

    /** The same with one more number. */
    public HealthEvent with(String field, long value) {
        Map<String, Long> more = new LinkedHashMap<>(numbers);
        more.put(field, value);
        return new HealthEvent(epochNanos, name, severity, text, fromNanos, toNanos, more, words);
    }

    /** The same with one more text. */
    public HealthEvent with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(words);
        more.put(field, value);
        return new HealthEvent(epochNanos, name, severity, text, fromNanos, toNanos, numbers, more);
    }

    @Override
    public String type() {
        return "health";
    }

    @Override
    public @Nullable FlowIdentity identity() {
        return null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("health");
        out.put("name", name).put("severity", severity.eveName).put("text", text);
        if (fromNanos != 0) {
            out.putTime("from", fromNanos);
        }
        if (toNanos != 0) {
            out.putTime("to", toNanos);
        }
        words.forEach(out::put);
        numbers.forEach(out::put);
        out.end();
    }
}
