package jp.genkan.core.event;

/** What an engine adds to an event of another part of the box. Immutable. */
public interface EventNote {
    /** Writes its fields. */
    void writeTo(EveFields out);

    /** This note and another one behind it. */
    default EventNote and(EventNote other) {
        return out -> {
            writeTo(out);
            other.writeTo(out);
        };
    }
}
