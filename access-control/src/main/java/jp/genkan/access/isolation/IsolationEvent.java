package jp.genkan.access.isolation;

import java.time.Instant;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;

/**
 * A flow of an isolated machine was cut off: an EVE alert, once a flow.
 *
 * @param epochNanos when the packet was seen
 * @param identity the packet that was dropped
 * @param toServer the packet's direction
 * @param isolation who is isolated and why
 */
public record IsolationEvent(long epochNanos, FlowIdentity identity, boolean toServer, Isolation isolation)
        implements Event {
    /** {@code alert.gid} of everything that access-control says. */
    public static final int GENERATOR = 301;

    /** {@code alert.signature_id} of isolation alerts. */
    public static final int SIGNATURE = 2;

    private static final int REVISION = 1;
    private static final int SEVERITY = 3;

    @Override
    public String type() {
        return "alert";
    }

    @Override
    public void writeTo(EveFields out) {
        out.put("direction", toServer ? "to_server" : "to_client");
        out.object("alert")
                .put("action", "blocked")
                .put("gid", GENERATOR)
                .put("signature_id", SIGNATURE)
                .put("rev", REVISION)
                .put("signature", "Genkan isolation: " + isolation.target())
                .put("category", "Isolated machine")
                .put("severity", SEVERITY)
                .end();
        out.object("isolation");
        IsolationChangeEvent.writeMachine(out, isolation);
        out.put("by", isolation.by()).put("reason", isolation.reason());
        out.putTime("since", IsolationChangeEvent.nanos(isolation.since()));
        Instant until = isolation.until();
        if (until != null) {
            out.putTime("until", IsolationChangeEvent.nanos(until));
        }
        out.end();
    }
}
