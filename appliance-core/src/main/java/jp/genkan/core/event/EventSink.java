package jp.genkan.core.event;

/** Where events go: a queue on a live box, a file in a replay. Never waits. */
@FunctionalInterface
public interface EventSink {
    /**
     * Hands over an event.
     *
     * @return false when it was shed
     */
    boolean emit(Event event);
}
