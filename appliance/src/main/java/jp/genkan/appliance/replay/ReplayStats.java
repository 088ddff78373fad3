package jp.genkan.appliance.replay;

import java.util.Locale;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.StatsEvent;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.dataplane.flow.ExceptionPolicy;
import jp.genkan.dataplane.flow.StreamAnomaly;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.ips.engine.AlertEvent;
import jp.genkan.ips.engine.IpsCounter;
import jp.genkan.ips.engine.IpsStage;

/** What is counted of a replay, for the one {@code stats} event at its end; names are EVE's. Thread rule: one thread. */
final class ReplayStats {
    private long alerts;

    /** Notes an event. */
    void note(Event event) {
        if (event instanceof AlertEvent) {
            alerts++;
        }
    }

    /**
     * The event.
     *
     * @param frames that were read
     * @param bytes of them
     * @param acting true when verdicts acted
     */
    StatsEvent event(long epochNanos, long seconds, long frames, long bytes, boolean acting, PipelineRunner runner) {
        StatsEvent.Builder stats = StatsEvent.builder()
                .add("decoder.pkts", frames)
                .add("decoder.bytes", bytes)
                .add("detect.alert", alerts)
                .add("tcp.reassembly_gap", runner.streamAnomalies().get(StreamAnomaly.GAP))
                .add("tcp.overlap_diff_data", runner.streamAnomalies().get(StreamAnomaly.OVERLAP_DIFFERENT))
                .add("tcp.urg", runner.streamAnomalies().get(StreamAnomaly.URGENT));
        for (Stage stage : runner.stages()) {
            if (stage instanceof IpsStage ips) {
                stats.add("detect.alert_queue_overflow", ips.counters().get(IpsCounter.ALERTS_SHED));
            }
        }
        runner.midstreamPolicies().forEach((policy, count) -> {
            if (policy != ExceptionPolicy.PASS_PACKET && policy != ExceptionPolicy.DROP_PACKET) {
                stats.add("exception_policy.tcp.midstream." + policy.eveName(), count);
            }
        });
        if (acting) {
            CounterSet<DropReason> drops = runner.drops();
            long[] blocked = new long[1];
            drops.forEach((reason, count) -> {
                blocked[0] += count;
                String words = reason.eveWords().replace(' ', '_').toLowerCase(Locale.ROOT);
                if (reason != DropReason.NONE) {
                    stats.add("ips.drop_reason." + words, count);
                }
            });
            stats.add("ips.blocked", blocked[0]).add("ips.accepted", frames - blocked[0]);
        }
        return stats.build(epochNanos, seconds);
    }
}
