package jp.genkan.ips.engine;

import java.util.function.Supplier;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.threshold.Thresholds;

/**
 * What a stage runs with.
 *
 * @param rules the set that holds now; taken once a packet
 * @param thresholds how often rules may speak
 * @param acting true when verdicts are carried out; false when traffic is only looked at
 * @param alertsPerPacketMax events of one packet
 * @param handshakes which connections count as established
 * @param alerts what alerts say
 * @param bodies how many octets of bodies rules look at
 * @param streamDepth octets of each direction that rules about payloads look at, 0 for all
 */
public record IpsSettings(
        Supplier<RuleSet> rules,
        Thresholds thresholds,
        boolean acting,
        Moment.Handshakes handshakes,
        int alertsPerPacketMax,
        AlertOptions alerts,
        BodyLimits bodies,
        long streamDepth) {}
