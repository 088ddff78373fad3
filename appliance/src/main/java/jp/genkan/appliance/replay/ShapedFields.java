package jp.genkan.appliance.replay;

import java.util.function.Consumer;
import java.util.function.Predicate;
import jp.genkan.core.event.EveFields;

/**
 * Passes an event's fields on, but for one object of which only some are kept and to which others may be added.
 *
 * <p>Thread rule: one thread.
 */
final class ShapedFields implements EveFields {
    private final EveFields out;
    private final String name;
    private final Predicate<String> kept;
    private final Consumer<EveFields> more;

    /** Objects and arrays that are open. */
    private int depth;

    /** How deep the fields of the object stand; 0 outside of it. */
    private int inside;

    /** Objects and arrays that are open within what is left out. */
    private int skipped;

    /**
     * Fields of an event that begins.
     *
     * @param name of the object
     * @param kept which of its fields
     * @param more writes fields at its end
     */
    ShapedFields(EveFields out, String name, Predicate<String> kept, Consumer<EveFields> more) {
        this.out = out;
        this.name = name;
        this.kept = kept;
        this.more = more;
    }

    private boolean drops(String field) {
        return skipped > 0 || inside > 0 && depth == inside && !kept.test(field);
    }

    @Override
    public EveFields put(String field, String value) {
        if (!drops(field)) {
            out.put(field, value);
        }
        return this;
    }

    @Override
    public EveFields put(String field, long value) {
        if (!drops(field)) {
            out.put(field, value);
        }
        return this;
    }

    @Override
    public EveFields put(String field, double value) {
        if (!drops(field)) {
            out.put(field, value);
        }
        return this;
    }

    @Override
    public EveFields put(String field, boolean value) {
        if (!drops(field)) {
            out.put(field, value);
        }
        return this;
    }

    @Override
    public EveFields putTime(String field, long epochNanos) {
        if (!drops(field)) {
            out.putTime(field, epochNanos);
        }
        return this;
    }

    @Override
    public EveFields object(String field) {
        if (drops(field)) {
            skipped++;
            return this;
        }
        out.object(field);
        depth++;
        if (depth == 1 && field.equals(name)) {
            inside = 1;
        }
        return this;
    }

    @Override
    public EveFields object() {
        if (skipped > 0) {
            skipped++;
        } else {
            out.object();
            depth++;
        }
        return this;
    }

    @Override
    public EveFields array(String field) {
        if (drops(field)) {
            skipped++;
        } else {
            out.array(field);
            depth++;
        }
        return this;
    }

    @Override
    public EveFields add(String value) {
        if (skipped == 0) {
            out.add(value);
        }
        return this;
    }

    @Override
    public EveFields add(long value) {
        if (skipped == 0) {
            out.add(value);
        }
        return this;
    }

    @Override
    public EveFields end() {
        if (skipped > 0) {
            skipped--;
            return this;
        }
        if (inside > 0 && depth == inside) {
            more.accept(out);
            inside = 0;
        }
        out.end();
        depth--;
        return this;
    }
}
