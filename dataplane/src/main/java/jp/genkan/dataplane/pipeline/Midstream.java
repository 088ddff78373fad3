package jp.genkan.dataplane.pipeline;

import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.dataplane.flow.ExceptionPolicy;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.MidstreamPolicy;

/** Does what the policy says about TCP connections whose beginning was not seen. Thread rule: one worker; nothing allocates. */
final class Midstream {
    private final MidstreamPolicy settings;
    private final boolean acting;
    private final CounterSet<ExceptionPolicy> counters = new CounterSet<>(ExceptionPolicy.class);

    Midstream(MidstreamPolicy settings, boolean acting) {
        this.settings = settings;
        this.acting = acting;
    }

    /** How many packets met which policy. */
    CounterSet<ExceptionPolicy> counters() {
        return counters;
    }

    /** What becomes of the packet; where it is forwarded, {@link #isFollowed} says whether its connection is followed. */
    Verdict meet(FlowView flow, Packet packet) {
        if (!settings.concerns(flow, packet)) {
            return Verdict.FORWARD;
        }
        ExceptionPolicy policy = acting || !settings.policy().stops() ? settings.policy() : ExceptionPolicy.IGNORE;
        flow.midstreamPolicy(policy);
        counters.increment(policy);
        return switch (policy) {
            case IGNORE, PASS_PACKET -> Verdict.FORWARD;
            case PASS_FLOW -> {
                flow.markPassed();
                yield Verdict.FORWARD;
            }
            case BYPASS -> {
                flow.markPassed();
                flow.exempt();
                yield Verdict.FORWARD;
            }
            case DROP_PACKET, DROP_FLOW, REJECT -> {
                packet.dropReason = DropReason.STREAM_MIDSTREAM.ordinal();
                flow.dropRest(DropReason.STREAM_MIDSTREAM);
                yield policy == ExceptionPolicy.REJECT ? Verdict.REJECT : Verdict.DROP;
            }
        };
    }

    /** False when the packet's connection is not to be followed: its beginning was not seen. */
    boolean isFollowed(FlowView flow, Packet packet) {
        return !flow.isExempt() && (settings.follows(packet) || !settings.concerns(flow, packet));
    }
}
