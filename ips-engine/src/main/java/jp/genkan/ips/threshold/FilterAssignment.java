package jp.genkan.ips.threshold;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.ips.network.AddressSpec;
import jp.genkan.ips.signature.EventFilter;

/**
 * Gives rules the filters that a {@code threshold.config} has for them. A line about one rule stands for the rule's own threshold; a line about all rules is for those that have none. Suppressions come
 * first, and go with everything; rate filters go with everything too.
 */
public final class FilterAssignment {
    private FilterAssignment() {}

    /**
     * The filters of a rule.
     *
     * @param own those that stand in the rule
     * @return in the order in which they are asked
     */
    public static List<EventFilter> filters(ThresholdConfig config, long gid, long sid, List<EventFilter> own) {
        List<EventFilter> suppressions = new ArrayList<>();
        List<EventFilter> limits = new ArrayList<>(own);
        List<EventFilter> rates = new ArrayList<>();
        boolean named = false;
        for (ThresholdEntry entry : config.entries()) {
            if (!entry.subject().covers(gid, sid)) {
                continue;
            }
            switch (entry) {
                case ThresholdEntry.Suppression suppression -> suppressions.add(suppression(suppression));
                case ThresholdEntry.RateFilter rate ->
                    rates.add(EventFilter.rate(
                            track(rate.track()),
                            bounded(rate.count()),
                            bounded(rate.seconds()),
                            rate.action(),
                            bounded(rate.timeoutSeconds())));
                case ThresholdEntry.EventFilter limit -> {
                    boolean aboutOne = limit.subject().sid() != 0;
                    if (aboutOne || !named && own.isEmpty()) {
                        limits.clear();
                        limits.add(EventFilter.window(
                                type(limit.type()),
                                track(limit.track()),
                                bounded(limit.count()),
                                bounded(limit.seconds())));
                        named |= aboutOne;
                    }
                }
            }
        }
        suppressions.addAll(limits);
        suppressions.addAll(rates);
        return suppressions;
    }

    private static EventFilter suppression(ThresholdEntry.Suppression entry) {
        AddressSpec addresses = entry.addresses();
        if (addresses == null) {
            return EventFilter.suppress(EventFilter.Track.BY_RULE, null);
        }
        EventFilter.Track track = switch (entry.end()) {
            case SOURCE -> EventFilter.Track.BY_SOURCE;
            case DESTINATION -> EventFilter.Track.BY_DESTINATION;
            case EITHER -> EventFilter.Track.BY_EITHER;
        };
        return EventFilter.suppress(track, addresses::contains);
    }

    private static EventFilter.Type type(ThresholdEntry.Type type) {
        return switch (type) {
            case LIMIT -> EventFilter.Type.LIMIT;
            case THRESHOLD -> EventFilter.Type.THRESHOLD;
            case BOTH -> EventFilter.Type.BOTH;
        };
    }

    private static EventFilter.Track track(ThresholdEntry.Track track) {
        return switch (track) {
            case SOURCE -> EventFilter.Track.BY_SOURCE;
            case DESTINATION -> EventFilter.Track.BY_DESTINATION;
            case BOTH -> EventFilter.Track.BY_BOTH;
            case RULE -> EventFilter.Track.BY_RULE;
            case FLOW -> EventFilter.Track.BY_FLOW;
        };
    }

    private static int bounded(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }
}
