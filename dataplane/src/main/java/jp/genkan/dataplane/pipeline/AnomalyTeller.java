package jp.genkan.dataplane.pipeline;

import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.AnomalyEvent;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;

/** Counts what the decoder found odd, and writes no more events about oddities than the limit says. Thread rule: one worker. */
final class AnomalyTeller {
    private final EventSink events;
    private final AnomalyLimiter limiter;
    private final CounterSet<PipelineCounter> counters;
    private final CounterSet<DecodeAnomaly> oddities = new CounterSet<>(DecodeAnomaly.class);

    AnomalyTeller(EventSink events, int perSecond, CounterSet<PipelineCounter> counters) {
        this.events = events;
        this.limiter = new AnomalyLimiter(perSecond);
        this.counters = counters;
    }

    /** What the decoder found odd. */
    CounterSet<DecodeAnomaly> oddities() {
        return oddities;
    }

    /** Counts and tells what is odd about a packet. */
    void note(Packet packet, long nanos) {
        note(packet, packet.anomalies, 0, nanos);
        note(packet, packet.moreAnomalies, Long.SIZE, nanos);
        if (packet.hasBadChecksum()) {
            counters.increment(PipelineCounter.CHECKSUM_BAD);
        }
    }

    private void note(Packet packet, long bits, int first, long nanos) {
        for (long left = bits; left != 0; left &= left - 1) {
            DecodeAnomaly anomaly = DecodeAnomaly.of(first + Long.numberOfTrailingZeros(left));
            oddities.increment(anomaly);
            if (anomaly.isReported() && mayTell(nanos)) {
                events.emit(AnomalyEvent.ofDecode(packet, 0, anomaly));
            }
        }
    }

    /** True when one more event may be written. */
    boolean mayTell(long nanos) {
        boolean may = limiter.permits(nanos);
        if (!may) {
            counters.increment(PipelineCounter.ANOMALY_EVENTS_SHED);
        }
        return may;
    }
}
