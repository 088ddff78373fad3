package jp.genkan.core.event;

import org.jspecify.annotations.Nullable;

/**
 * Something that the box noticed. Engines define their own: a record that implements this, and nothing else has to know it.
 *
 * <p>Immutable; made on a worker, written by the event writer's thread.
 */
public interface Event {
    /** EVE's {@code event_type}. */
    String type();

    /** When, in nanoseconds since 1970. */
    long epochNanos();

    /** Which flow or packet it is about; null for events about the box itself. */
    @Nullable
    FlowIdentity identity();

    /** Writes what stands beside the common fields, objects of its own included. */
    void writeTo(EveFields out);
}
