package jp.genkan.core.pipeline;

import jp.genkan.core.event.DropCause;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventNote;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import org.jspecify.annotations.Nullable;

/** What the runner offers a stage during one call. One a worker; valid inside the call only. */
public interface StageContext {
    /** Monotonic time of the batch in nanoseconds; capture time in a replay. For time-outs and rates. */
    long nanos();

    /** Wall time of the packet, nanoseconds since 1970. For events. */
    long epochNanos();

    /** Number of the stage that is being called: its slot in {@link Flow#slot}. */
    int stage();

    /** What the flow speaks, as far as it has been recognised; null when it has not. */
    default @Nullable AppProtocol application(Flow flow) {
        return application(flow, null);
    }

    /** What a direction of the flow speaks: what the flow does, unless it was heard to speak something else. Null as direction means the flow. */
    default @Nullable AppProtocol application(Flow flow, @Nullable Direction direction) {
        return null;
    }

    /** True when what the flow speaks was looked for and not found, so that it never will be. */
    default boolean isUnrecognisable(Flow flow) {
        return false;
    }

    /**
     * The name by which the flow's server was looked up lately: by its client, or else by anybody, as a resolver in the LAN asks for everybody. To be asked once a
     * flow, at its beginning. Several names may share an address, so it is a hint where a name in the flow itself is proof.
     *
     * @return in lower case, without a dot at its end; null when the address was not looked up
     */
    default @Nullable String resolvedName(Flow flow) {
        return null;
    }

    /**
     * The flow's client gets this in its server's place; of several answers to one packet the first counts. The stage drops the packet at hand, and of a TCP
     * connection the rest: the server is reset, and the box plays it until the client has read the answer. Without effect where the packet goes on after all, where
     * it is inside a tunnel, or where there is no connection yet.
     */
    default void answer(Flow flow, Answer answer) {}

    /**
     * Holds the direction of the flow in which the octets at hand came, from the first of them on. Later octets of the direction wait, too, until the stage lets them
     * go. To be asked for while octets of that direction are told.
     *
     * @return the hold, the one that is there already included; null when the connection cannot be held: the stage is left with cutting it
     */
    default @Nullable Hold hold(Flow flow, Direction direction) {
        return null;
    }

    /** The hold of a direction of the flow, or null. */
    default @Nullable Hold held(Flow flow, Direction direction) {
        return null;
    }

    /** True when anybody has looked this name up within a day, as far as that crossed the box. */
    default boolean isLookedUp(String name) {
        return false;
    }

    /** Says which rule drops the packet at hand, for its drop event; of several calls the first counts. */
    default void dropFor(DropCause cause) {}

    /** Adds something to the event of the flow that is ending; several calls add up. */
    default void noteFlow(EventNote note) {}

    /** True when nothing more of the flow will be read as an application's: it is encrypted, or nothing that is known. */
    default boolean isReadToEnd(Flow flow) {
        return false;
    }

    /**
     * Hands over an event, without waiting. When the queue is full the event is shed and counted.
     *
     * @return false when it was shed
     */
    boolean emit(Event event);
}
