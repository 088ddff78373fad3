package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.genkan.core.event.EveFields;

/**
 * Fields that are written down at once and given to the event writer later: an alert tells what a transaction says now, while its parser may go on to fill it.
 *
 * <p>Thread rule: filled by the worker, never changed afterwards.
 */
final class RecordedFields implements EveFields {
    private final List<Consumer<EveFields>> calls = new ArrayList<>();

    private EveFields note(Consumer<EveFields> call) {
        calls.add(call);
        return this;
    }

    /** Writes all that was recorded. */
    void writeTo(EveFields out) {
        calls.forEach(call -> call.accept(out));
    }

    @Override
    public EveFields put(String name, String value) {
        return note(out -> out.put(name, value));
    }

    @Override
    public EveFields put(String name, long value) {
        return note(out -> out.put(name, value));
    }

    @Override
    public EveFields put(String name, double value) {
        return note(out -> out.put(name, value));
    }

    @Override
    public EveFields put(String name, boolean value) {
        return note(out -> out.put(name, value));
    }

    @Override
    public EveFields putTime(String name, long epochNanos) {
        return note(out -> out.putTime(name, epochNanos));
    }

    @Override
    public EveFields object(String name) {
        return note(out -> out.object(name));
    }

    @Override
    public EveFields object() {
        return note(EveFields::object);
    }

    @Override
    public EveFields array(String name) {
        return note(out -> out.array(name));
    }

    @Override
    public EveFields add(String value) {
        return note(out -> out.add(value));
    }

    @Override
    public EveFields add(long value) {
        return note(out -> out.add(value));
    }

    @Override
    public EveFields end() {
        return note(EveFields::end);
    }
}
