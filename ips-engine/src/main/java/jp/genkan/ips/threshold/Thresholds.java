package jp.genkan.ips.threshold;

import java.util.List;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.signature.EventFilter;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.state.StateTable;

/**
 * Counts matches and says which of them speak. The way of a match: suppressions, then the rule's and the configuration's filters in their order; the first that does not let it through decides. All
 * times are capture times.
 *
 * <p>Thread rule: shared by all workers.
 */
public final class Thresholds {
    /** Most counts at once: as many as {@code HostBits} has bits, for the same reason; a count that would end first gives way, so that its rule speaks once too often. */
    public static final int COUNTS_MAX = 65_536;

    private static final long NANOS_A_SECOND = 1_000_000_000L;

    /** How long a count without a window is kept: longer than a flow may be silent. */
    private static final long WINDOWLESS_NANOS = 86_400 * NANOS_A_SECOND;

    // Values of a row.
    private static final int COUNT = 0;
    /** When the window ends; of a backoff, the next count at which it speaks. */
    private static final int NEXT = 1;
    /** When the new action of a rate filter has begun, plus 1 so that 0 says that it has not. */
    private static final int CHANGED_AT = 2;

    /** Makes keys of seen ports differ from keys of counts. */
    private static final long PORT_SALT = 0x4000_0000_0000_0000L;

    private final StateTable table = new StateTable(COUNTS_MAX);

    /** How many counts gave way before their window had ended. */
    public long evicted() {
        return table.evicted();
    }

    /** What becomes of this match. */
    public Decision decide(Signature signature, Moment moment) {
        List<EventFilter> filters = signature.memory().filters();
        if (filters.isEmpty() || moment.flow() == null && moment.packet().ipVersion == 0) {
            return Decision.ALERT;
        }
        Decision changed = Decision.ALERT;
        for (int i = 0; i < filters.size(); i++) {
            EventFilter filter = filters.get(i);
            Decision decision = switch (filter.type()) {
                case SUPPRESS -> suppress(filter, moment);
                case EXCEPTION -> except(filter, moment);
                case LIMIT, THRESHOLD, BOTH, BACKOFF, DETECTION, RATE ->
                    count(filter, key(signature, filter, i), moment);
            };
            if (decision.outcome() != Decision.Outcome.ALERT) {
                return decision;
            }
            if (decision.newAction() != null) {
                changed = decision;
            }
        }
        return changed;
    }

    private static long key(Signature signature, EventFilter filter, int index) {
        Signature.Identity id = signature.id();
        long rule = id.gid() * 0x9e37_79b9_7f4a_7c15L + id.sid();
        return (rule << 8 ^ rule >>> 56 ^ (long) index << 4 ^ filter.type().ordinal()) & ~PORT_SALT;
    }

    private static Decision suppress(EventFilter filter, Moment moment) {
        EventFilter.Addresses addresses = filter.addresses();
        if (addresses == null) {
            return Decision.SILENT;
        }
        boolean source = filter.track() != EventFilter.Track.BY_DESTINATION
                && addresses.contains(moment.sourceHigh(), moment.sourceLow());
        boolean destination = filter.track() != EventFilter.Track.BY_SOURCE
                && addresses.contains(moment.destinationHigh(), moment.destinationLow());
        return source || destination ? Decision.SILENT : Decision.ALERT;
    }

    private static Decision except(EventFilter filter, Moment moment) {
        if (moment.context().epochNanos() >= filter.untilEpochNanos()) {
            return Decision.ALERT;
        }
        EventFilter.Addresses addresses = filter.addresses();
        boolean meant = addresses == null
                || addresses.contains(moment.sourceHigh(), moment.sourceLow())
                || addresses.contains(moment.destinationHigh(), moment.destinationLow());
        return meant ? Decision.NO_MATCH : Decision.ALERT;
    }

    // ---- counting

    private Decision count(EventFilter filter, long key, Moment moment) {
        return switch (filter.track()) {
            case BY_SOURCE -> count(filter, key, moment.sourceHigh(), moment.sourceLow(), 0, 0, moment);
            case BY_DESTINATION -> count(filter, key, moment.destinationHigh(), moment.destinationLow(), 0, 0, moment);
            case BY_RULE, BY_EITHER -> count(filter, key, 0, 0, 0, 0, moment);
            case BY_FLOW -> {
                Flow flow = moment.flow();
                yield flow == null ? Decision.ALERT : count(filter, key, flow.id(), 0, 0, 0, moment);
            }
            case BY_BOTH -> {
                boolean swap = isAfter(moment);
                yield swap
                        ? count(
                                filter,
                                key,
                                moment.destinationHigh(),
                                moment.destinationLow(),
                                moment.sourceHigh(),
                                moment.sourceLow(),
                                moment)
                        : count(
                                filter,
                                key,
                                moment.sourceHigh(),
                                moment.sourceLow(),
                                moment.destinationHigh(),
                                moment.destinationLow(),
                                moment);
            }
        };
    }

    private static boolean isAfter(Moment moment) {
        int order = Long.compareUnsigned(moment.sourceHigh(), moment.destinationHigh());
        return order > 0 || order == 0 && Long.compareUnsigned(moment.sourceLow(), moment.destinationLow()) > 0;
    }

    private Decision count(EventFilter filter, long key, long a, long b, long c, long d, Moment moment) {
        long now = moment.nanos();
        boolean fresh = filter.unique() == EventFilter.Unique.NOTHING || isFresh(filter, key, a, b, c, d, moment);
        long hash = StateTable.hash(key, a, b, c, d);
        synchronized (table.lock(hash)) {
            int row = table.find(hash, key, a, b, c, d, now);
            if (row < 0) {
                row = table.claim(hash, key, a, b, c, d, now, now + lifeNanos(filter));
                return first(filter, row, now);
            }
            return next(filter, row, now, fresh);
        }
    }

    private static long lifeNanos(EventFilter filter) {
        return filter.type() == EventFilter.Type.BACKOFF ? WINDOWLESS_NANOS : filter.seconds() * NANOS_A_SECOND;
    }

    private Decision first(EventFilter filter, int row, long now) {
        table.value(row, COUNT, 1);
        return switch (filter.type()) {
            case LIMIT, SUPPRESS, EXCEPTION -> Decision.ALERT;
            case RATE -> {
                table.value(row, NEXT, now + filter.seconds() * NANOS_A_SECOND);
                yield Decision.ALERT;
            }
            case THRESHOLD -> {
                if (filter.count() > 1) {
                    yield Decision.NO_MATCH;
                }
                table.value(row, COUNT, 0);
                yield Decision.ALERT;
            }
            case BOTH -> filter.count() > 1 ? Decision.NO_MATCH : Decision.ALERT;
            case BACKOFF -> {
                boolean speaks = filter.count() == 1;
                table.value(row, NEXT, speaks ? filter.multiplier() : filter.count());
                yield speaks ? Decision.ALERT : Decision.NO_MATCH;
            }
            case DETECTION -> Decision.NO_MATCH;
        };
    }

    private Decision next(EventFilter filter, int row, long now, boolean fresh) {
        if (filter.type() == EventFilter.Type.RATE) {
            return rate(filter, row, now);
        }
        long count = table.value(row, COUNT) + (fresh ? 1 : 0);
        table.value(row, COUNT, count);
        return switch (filter.type()) {
            case LIMIT -> count <= filter.count() ? Decision.ALERT : Decision.SILENT;
            case THRESHOLD -> {
                if (count < filter.count()) {
                    yield Decision.NO_MATCH;
                }
                table.value(row, COUNT, 0);
                yield Decision.ALERT;
            }
            case BOTH ->
                count < filter.count() ? Decision.NO_MATCH : count == filter.count() ? Decision.ALERT : Decision.SILENT;
            case BACKOFF -> {
                table.end(row, now + WINDOWLESS_NANOS);
                long at = table.value(row, NEXT);
                if (count != at) {
                    yield Decision.SILENT;
                }
                table.value(row, NEXT, Math.min(at * filter.multiplier(), Integer.MAX_VALUE * 2L));
                yield Decision.ALERT;
            }
            case DETECTION -> count > filter.count() ? Decision.ALERT : Decision.NO_MATCH;
            case RATE, SUPPRESS, EXCEPTION -> Decision.ALERT;
        };
    }

    /** While the new action holds nothing is counted; the match after it has ended only ends it. */
    private Decision rate(EventFilter filter, int row, long now) {
        java.util.Objects.requireNonNull(filter.newAction());
        long changedAt = table.value(row, CHANGED_AT);
        if (changedAt != 0) {
            if (now - (changedAt - 1) <= filter.timeoutSeconds() * NANOS_A_SECOND) {
                return Decision.changed(filter.newAction());
            }
            table.value(row, CHANGED_AT, 0);
            return Decision.ALERT;
        }
        if (now - table.value(row, NEXT) > 0) {
            long end = now + filter.seconds() * NANOS_A_SECOND;
            table.value(row, COUNT, 1);
            table.value(row, NEXT, end);
            table.end(row, end);
            return Decision.ALERT;
        }
        long count = table.value(row, COUNT) + 1;
        table.value(row, COUNT, count);
        if (count <= filter.count()) {
            return Decision.ALERT;
        }
        table.value(row, CHANGED_AT, now + 1);
        table.end(row, now + filter.timeoutSeconds() * NANOS_A_SECOND + WINDOWLESS_NANOS);
        return Decision.changed(filter.newAction());
    }

    /** True when this port, or address, was not seen before within the filter's window. */
    private boolean isFresh(EventFilter filter, long key, long a, long b, long c, long d, Moment moment) {
        long seen = switch (filter.unique()) {
            case SOURCE_PORT -> moment.sourcePort();
            case DESTINATION_PORT, NOTHING -> moment.destinationPort();
            case DESTINATION -> StateTable.hash(0, moment.destinationHigh(), moment.destinationLow(), 0, 0);
        };
        long portKey = (key ^ (seen + 1L) * 0x9e37_79b9_7f4a_7c15L) | PORT_SALT;
        long now = moment.nanos();
        long hash = StateTable.hash(portKey, a, b, c, d);
        synchronized (table.lock(hash)) {
            if (table.find(hash, portKey, a, b, c, d, now) >= 0) {
                return false;
            }
            table.claim(hash, portKey, a, b, c, d, now, now + lifeNanos(filter));
            return true;
        }
    }
}
