package jp.genkan.access.path;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;

/** An event's own fields in a plain, readable form. */
public final class EventText implements EveFields {
    private final StringBuilder text = new StringBuilder();

    private EventText() {}

    public static String of(Event event) {
        EventText fields = new EventText();
        event.writeTo(fields);
        return event.type() + fields.text;
    }

    private EveFields field(String name, Object value) {
        text.append(' ').append(name).append('=').append(value);
        return this;
    }

    @Override
    public EveFields put(String name, String value) {
        return field(name, "'" + value + "'");
    }

    @Override
    public EveFields put(String name, long value) {
        return field(name, value);
    }

    @Override
    public EveFields put(String name, double value) {
        return field(name, value);
    }

    @Override
    public EveFields put(String name, boolean value) {
        return field(name, value);
    }

    @Override
    public EveFields putTime(String name, long epochNanos) {
        return field(name, epochNanos);
    }

    @Override
    public EveFields object(String name) {
        text.append(' ').append(name).append('{');
        return this;
    }

    @Override
    public EveFields object() {
        text.append('{');
        return this;
    }

    @Override
    public EveFields array(String name) {
        return object(name);
    }

    @Override
    public EveFields add(String value) {
        text.append(" '").append(value).append('\'');
        return this;
    }

    @Override
    public EveFields add(long value) {
        text.append(' ').append(value);
        return this;
    }

    @Override
    public EveFields end() {
        text.append(" }");
        return this;
    }
}
