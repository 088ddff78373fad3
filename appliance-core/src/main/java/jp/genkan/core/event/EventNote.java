package jp.genkan.core.event;

/** What an engine adds to an event of another part of the box. Immutable. */
public interface EventNote {
    /** Writes its fields. */
    void writeTo(EveFields out);
}
