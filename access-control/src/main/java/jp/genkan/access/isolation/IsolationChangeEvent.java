package jp.genkan.access.isolation;

import java.time.Instant;
import java.util.Locale;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A machine was isolated or is free again.
 *
 * @param epochNanos when
 * @param change what happened
 * @param isolation which machine, until when and why
 * @param by who did it
 */
public record IsolationChangeEvent(long epochNanos, Change change, Isolation isolation, String by) implements Event {
    /** What happened. */
    public enum Change {
        ISOLATED,
        /** By an operator. */
        RELEASED,
        /** Its time was over. */
        EXPIRED
    }

    @Override
    public String type() {
        return "host";
    }

    @Override
    public @Nullable FlowIdentity identity() {
        return null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("host").put("action", change.name().toLowerCase(Locale.ROOT));
        writeMachine(out, isolation);
        out.put("by", by).put("reason", isolation.reason());
        out.putTime("since", nanos(isolation.since()));
        Instant until = isolation.until();
        if (until != null) {
            out.putTime("until", nanos(until));
        }
        out.end();
    }

    /** Writes the fields that name the machine. */
    static void writeMachine(EveFields out, Isolation isolation) {
        if (isolation.mac() != 0) {
            out.put("mac", Mac.format(isolation.mac()));
        }
        if (isolation.target() instanceof IsolationTarget.OfAddress(var address)) {
            out.put("ip", address.toString());
        }
        if (!isolation.name().isEmpty()) {
            out.put("name", isolation.name());
        }
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
