package jp.genkan.appliance;

import jp.genkan.dataplane.flow.FlowTimeouts;
import jp.genkan.dataplane.pipeline.DropTelling;
import jp.genkan.ips.engine.AlertOptions;
import jp.genkan.ips.engine.BodyLimits;
import org.jspecify.annotations.Nullable;

/**
 * What a replay does otherwise than the box, because a configuration in Suricata's form says so. Immutable.
 *
 * @param timeouts of silent flows
 * @param inlineStreams true when octets of TCP are judged as on a box that forwards them, though this capture is only looked at
 * @param alerts what alerts say
 * @param alertsPerPacket most alerts of one packet; null for the box's own number
 * @param bodies octets of bodies that rules look at
 * @param ruleStreamDepth octets of a stream that rules look at, 0 for all; null for the box's own number
 * @param drops which packets of a dropped flow are told
 * @param streams how TCP is followed
 */
public record Tuning(
        FlowTimeouts timeouts,
        boolean inlineStreams,
        AlertOptions alerts,
        @Nullable Integer alertsPerPacket,
        BodyLimits bodies,
        @Nullable Long ruleStreamDepth,
        DropTelling drops,
        StreamTuning streams) {
    /** As the box does it. */
    public static final Tuning NONE = new Tuning(
            FlowTimeouts.DEFAULT,
            false,
            AlertOptions.DEFAULT,
            null,
            BodyLimits.NONE,
            null,
            DropTelling.START,
            StreamTuning.NONE);
}
