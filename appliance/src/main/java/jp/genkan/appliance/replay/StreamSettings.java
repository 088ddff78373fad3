package jp.genkan.appliance.replay;

import java.util.Locale;
import java.util.Map;
import jp.genkan.appliance.StreamTuning;
import jp.genkan.dataplane.flow.ExceptionPolicy;
import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.stream.InvalidPolicy;
import jp.genkan.dataplane.stream.OverlapPolicy;
import jp.genkan.dataplane.stream.UrgentPolicy;

/** What a configuration in Suricata's form says about connections that cannot be followed from their beginning. Thread rule: immutable. */
final class StreamSettings {
    private final Map<String, String> values;
    private final boolean acting;

    /**
     * Settings.
     *
     * @param values by dotted key
     * @param acting true when verdicts act: a box that forwards fails closed unless told otherwise, one that looks on ignores
     */
    StreamSettings(Map<String, String> values, boolean acting) {
        this.values = values;
        this.acting = acting;
    }

    /**
     * How TCP is followed.
     *
     * @throws IllegalArgumentException when it names no policy
     */
    StreamTuning tuning() {
        boolean dropsUrgent =
                values.getOrDefault("stream.reassembly.urgent.policy", "").equals("drop");
        boolean keepsInvalid = SettingTable.isOff(values.getOrDefault("stream.drop-invalid", "yes"));
        return new StreamTuning(
                midstream(),
                dropsUrgent ? UrgentPolicy.DROP : UrgentPolicy.CLEAR,
                keepsInvalid ? InvalidPolicy.FORWARD : InvalidPolicy.DROP,
                overlaps());
    }

    /** Only what is said of every host counts. */
    private OverlapPolicy overlaps() {
        for (OverlapPolicy policy : OverlapPolicy.values()) {
            if (values.containsKey("host-os-policy." + policy.name().toLowerCase(Locale.ROOT) + ".0.0.0.0/0")) {
                return policy;
            }
        }
        return OverlapPolicy.LINUX;
    }

    /**
     * About TCP connections whose beginning is not in the capture. Without a configuration they are followed; one that says nothing about them does not
     * follow them, as in Suricata.
     *
     * @throws IllegalArgumentException when it names no policy
     */
    private MidstreamPolicy midstream() {
        if (values.isEmpty()) {
            return MidstreamPolicy.FOLLOW;
        }
        boolean followed = SettingTable.isOn(values.getOrDefault("stream.midstream", "no"));
        String own = values.get("stream.midstream-policy");
        String named = own != null ? own : values.getOrDefault("exception-policy", "auto");
        ExceptionPolicy policy = named.toLowerCase(Locale.ROOT).equals("auto")
                ? acting && !followed ? ExceptionPolicy.DROP_FLOW : ExceptionPolicy.IGNORE
                : policy(named);
        return new MidstreamPolicy(
                followed, SettingTable.isOn(values.getOrDefault("stream.async-oneside", "no")), policy);
    }

    private static ExceptionPolicy policy(String name) {
        for (ExceptionPolicy policy : ExceptionPolicy.values()) {
            if (policy.eveName().replace('_', '-').equals(name.toLowerCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new IllegalArgumentException("exception policy '" + name
                + "' is none of auto, ignore, bypass, pass-packet, pass-flow, drop-packet, drop-flow, reject");
    }
}
