package jp.genkan.ips.signature;

import jp.genkan.ips.rule.RuleAction;
import org.jspecify.annotations.Nullable;

/**
 * How often a signature may speak: {@code threshold} and {@code detection_filter} of a rule, and the lines of a threshold.config. Immutable.
 *
 * @param type how the count is used
 * @param track what is counted together
 * @param count of matches
 * @param seconds the window in which they are counted; 0 where there is none
 * @param multiplier by which the count of {@link Type#BACKOFF} grows, else 0
 * @param timeoutSeconds how long the new action of {@link Type#RATE} lasts, else 0
 * @param newAction of {@link Type#RATE}, else null
 * @param unique what has to differ for a match to be counted
 * @param addresses about whom {@link Type#SUPPRESS} and {@link Type#EXCEPTION} are; null for everybody
 * @param untilEpochNanos when {@link Type#EXCEPTION} ends, else 0
 */
public record EventFilter(
        Type type,
        Track track,
        int count,
        int seconds,
        int multiplier,
        int timeoutSeconds,
        @Nullable RuleAction newAction,
        Unique unique,
        @Nullable Addresses addresses,
        long untilEpochNanos) {
    public EventFilter {
        if (type != Type.SUPPRESS && type != Type.EXCEPTION && count < 1) {
            throw new IllegalArgumentException("a count of " + count);
        }
        if ((type == Type.RATE) != (newAction != null)) {
            throw new IllegalArgumentException("new action of " + type);
        }
    }

    /** A filter that counts in a window. */
    public static EventFilter window(Type type, Track track, int count, int seconds) {
        return new EventFilter(type, track, count, seconds, 0, 0, null, Unique.NOTHING, null, 0);
    }

    /** Speaks at the count, then at each multiple of it by the multiplier. */
    public static EventFilter backoff(Track track, int count, int multiplier) {
        return new EventFilter(Type.BACKOFF, track, count, 0, multiplier, 0, null, Unique.NOTHING, null, 0);
    }

    /** Only matches beyond the count count at all. */
    public static EventFilter detection(Track track, int count, int seconds, Unique unique) {
        return new EventFilter(Type.DETECTION, track, count, seconds, 0, 0, null, unique, null, 0);
    }

    /** Another action for a while, when the count is exceeded. */
    public static EventFilter rate(Track track, int count, int seconds, RuleAction newAction, int timeoutSeconds) {
        return new EventFilter(Type.RATE, track, count, seconds, 0, timeoutSeconds, newAction, Unique.NOTHING, null, 0);
    }

    /**
     * No event about these.
     *
     * @param track {@link Track#BY_RULE} for everybody
     */
    public static EventFilter suppress(Track track, @Nullable Addresses addresses) {
        return new EventFilter(Type.SUPPRESS, track, 0, 0, 0, 0, null, Unique.NOTHING, addresses, 0);
    }

    /**
     * Neither event nor action for these, until then.
     *
     * @param addresses of one end or the other; null for everybody
     */
    public static EventFilter exception(@Nullable Addresses addresses, long untilEpochNanos) {
        return new EventFilter(
                Type.EXCEPTION, Track.BY_EITHER, 0, 0, 0, 0, null, Unique.NOTHING, addresses, untilEpochNanos);
    }

    /** How the count is used. */
    public enum Type {
        /** At most so many events in a window. */
        LIMIT,
        /** An event for every so many matches in a window. */
        THRESHOLD,
        /** One event in a window, when so many matches are reached. */
        BOTH,
        /** An event at the count, and at each multiple of it. */
        BACKOFF,
        /** No match before there were more than so many in a window. */
        DETECTION,
        /** Another action when there were more than so many in a window. */
        RATE,
        /** No event. */
        SUPPRESS,
        /** Neither event nor action, until a day. */
        EXCEPTION
    }

    /** What is counted together. */
    public enum Track {
        BY_SOURCE,
        BY_DESTINATION,
        /** Both ends of the packet, whichever way it goes. */
        BY_BOTH,
        BY_RULE,
        BY_FLOW,
        /** One of the ends; of {@link Type#SUPPRESS} only. */
        BY_EITHER
    }

    /** What has to differ from the matches before for a match to be counted. */
    public enum Unique {
        NOTHING,
        SOURCE_PORT,
        DESTINATION_PORT,
        /** The address; beyond Suricata's language, for sweeps. */
        DESTINATION
    }

    /** A set of addresses. */
    @FunctionalInterface
    public interface Addresses {
        /** Is it among them? */
        boolean contains(long high, long low);
    }
}
