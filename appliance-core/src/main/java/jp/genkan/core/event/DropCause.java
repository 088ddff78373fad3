package jp.genkan.core.event;

/** The rule for which a packet was dropped, as the {@code alert} object of its drop event says it. Immutable. */
public interface DropCause {
    /** Writes the fields of the object. */
    void writeAlert(EveFields out);
}
