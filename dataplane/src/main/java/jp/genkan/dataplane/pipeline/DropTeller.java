package jp.genkan.dataplane.pipeline;

import jp.genkan.core.event.DropCause;
import jp.genkan.core.event.DropEvent;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.event.PacketSource;
import jp.genkan.core.event.VerdictFields;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.FlowView;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event for packets that are not forwarded, as Suricata does: each packet that a rule drops or that has no flow; of what comes later in a flow that is
 * dropped, the first packet of each direction or all.
 *
 * <p>Thread rule: one worker.
 */
final class DropTeller {
    private final EventSink events;
    private final DropTelling telling;
    private final AnomalyLimiter limiter;
    private @Nullable DropCause cause;

    DropTeller(EventSink events, DropTelling telling, int perSecond) {
        this.events = events;
        this.telling = telling;
        this.limiter = new AnomalyLimiter(perSecond);
    }

    /** Forgets the packet before. */
    void begin() {
        cause = null;
    }

    /** The rule that drops the packet at hand; of several the first counts. */
    void cause(DropCause why) {
        if (cause == null) {
            cause = why;
        }
    }

    /** Tells of a packet. Allocates, but not more often than the limit says. */
    void tell(
            Packet packet,
            @Nullable FlowView flow,
            Verdict verdict,
            @Nullable String application,
            PacketSource source,
            long nanos) {
        if (!isTold(flow) || !limiter.permits(nanos)) {
            return;
        }
        VerdictFields fields = verdict == Verdict.REJECT ? VerdictFields.refused(packet) : VerdictFields.DROP;
        events.emit(DropEvent.of(packet, flow == null ? 0 : flow.id())
                .from(source)
                .in(new DropEvent.Circumstances(application, cause, fields)));
    }

    private boolean isTold(@Nullable FlowView flow) {
        if (flow == null || telling == DropTelling.ALL) {
            return true;
        }
        boolean first = flow.dropReason() != DropReason.NONE && flow.tellsDrop();
        return first || cause != null;
    }

    /** Why a frame was dropped: the first reason from outside to inside. */
    static int reasonOf(Packet frame) {
        for (Packet layer = frame; layer != null; layer = layer.inner()) {
            if (layer.dropReason != 0) {
                return layer.dropReason;
            }
        }
        return DropReason.NONE.ordinal();
    }
}
