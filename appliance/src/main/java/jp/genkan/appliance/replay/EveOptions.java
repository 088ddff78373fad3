package jp.genkan.appliance.replay;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.event.CommonFields;
import jp.genkan.core.event.DropEvent;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventSink;
import jp.genkan.dataplane.pipeline.DropTelling;
import jp.genkan.ips.classification.References;
import jp.genkan.ips.engine.AlertOptions;
import jp.genkan.ips.engine.AlertOptions.Part;
import jp.genkan.ips.engine.ForwardedFor;
import org.jspecify.annotations.Nullable;

/**
 * What {@code outputs.eve-log} says of how events are written.
 *
 * <p>Thread rule: immutable.
 */
final class EveOptions {
    private static final String LOG = "outputs.eve-log.";
    private static final String ALERT = LOG + "types.alert.";
    private static final String DROP = LOG + "types.drop.";

    /** What each setting of alerts adds or takes away; the later ones are Suricata's old names. */
    private static final Map<String, Part> ALERT_PARTS = Map.ofEntries(
            Map.entry("payload", Part.PAYLOAD),
            Map.entry("payload-printable", Part.PAYLOAD_PRINTABLE),
            Map.entry("payload-length", Part.PAYLOAD_LENGTH),
            Map.entry("packet", Part.PACKET),
            Map.entry("verdict", Part.VERDICT),
            Map.entry("reference", Part.REFERENCES),
            Map.entry("tagged-packets", Part.TAGGED_PACKETS),
            Map.entry("metadata.app-layer", Part.APPLICATION),
            Map.entry("metadata.flow", Part.FLOW),
            Map.entry("metadata.rule.metadata", Part.RULE_METADATA),
            Map.entry("metadata.rule.raw", Part.RULE_TEXT),
            Map.entry("metadata.rule.reference", Part.REFERENCES),
            Map.entry("app-layer", Part.APPLICATION),
            Map.entry("flow", Part.FLOW),
            Map.entry("http", Part.APPLICATION),
            Map.entry("tls", Part.APPLICATION),
            Map.entry("ssh", Part.APPLICATION),
            Map.entry("smtp", Part.APPLICATION),
            Map.entry("dnp3", Part.APPLICATION));

    private final Map<String, String> values;

    private final TransactionShapes transactions;

    EveOptions(Map<String, String> values) {
        this.values = Map.copyOf(values);
        this.transactions = new TransactionShapes(this.values);
    }

    /** What alerts say. */
    AlertOptions alerts(References references) {
        Set<Part> parts = EnumSet.copyOf(AlertOptions.DEFAULT.parts());
        if (SettingTable.isOff(value(ALERT + "metadata", "yes"))) {
            parts.removeAll(Set.of(Part.APPLICATION, Part.FLOW, Part.RULE_METADATA));
        }
        ALERT_PARTS.forEach((name, part) -> {
            String value = values.get(ALERT + name);
            if (value != null && SettingTable.isOff(value)) {
                parts.remove(part);
            }
        });
        ALERT_PARTS.forEach((name, part) -> {
            String value = values.get(ALERT + name);
            if (value != null && SettingTable.isOn(value)) {
                parts.add(part);
            }
        });
        if (SettingTable.isOff(value(LOG + "metadata", "yes"))) {
            parts.remove(Part.VARIABLES);
        }
        if (SettingTable.isOn(value("detect.guess-applayer-tx", "no"))) {
            parts.add(Part.GUESSED_TRANSACTION);
        }
        long octets = octets(value(ALERT + "payload-buffer-size", "4kb"));
        int bounded = (int) Math.min(Math.max(octets, 0), AlertOptions.PAYLOAD_BYTES_MAX);
        return new AlertOptions(parts, bounded, references, forwarded());
    }

    /** The address for which a proxy speaks: as alerts say it themselves, or else the whole log. */
    private @Nullable ForwardedFor forwarded() {
        String of = values.containsKey(ALERT + "xff.enabled") ? ALERT + "xff." : LOG + "xff.";
        if (!SettingTable.isOn(value(of + "enabled", "no"))) {
            return null;
        }
        return new ForwardedFor(
                value(of + "header", "X-Forwarded-For"),
                value(of + "mode", "extra-data").equals("overwrite")
                        ? ForwardedFor.Mode.OVERWRITE
                        : ForwardedFor.Mode.EXTRA_DATA,
                value(of + "deployment", "reverse").equals("forward")
                        ? ForwardedFor.Deployment.FORWARD
                        : ForwardedFor.Deployment.REVERSE);
    }

    /** Which packets of a dropped flow are told. */
    DropTelling drops() {
        return value(DROP + "flows", "start").equals("all") ? DropTelling.ALL : DropTelling.START;
    }

    /**
     * What every event says.
     *
     * @param capture name of the file that is replayed
     */
    CommonFields common(String capture) {
        boolean ethernet = values.isEmpty() || SettingTable.isOn(value(LOG + "ethernet", "no"));
        boolean named = SettingTable.isOn(value(LOG + "pcap-file", "no"));
        boolean community = SettingTable.isOn(value(LOG + "community-id", "no"));
        long seed = octets(value(LOG + "community-id-seed", "0"));
        return new CommonFields(
                ethernet, named ? capture : null, community ? (int) (seed & 0xffff) : CommonFields.NO_COMMUNITY_ID);
    }

    /** Writes an event as it is wanted. */
    boolean emit(Event event, EventSink log) {
        return transactions.emit(shaped(event), log);
    }

    /** The event as it is to be written. */
    Event shaped(Event event) {
        if (event instanceof DropEvent drop && !values.isEmpty()) {
            DropEvent.Circumstances all = drop.circumstances();
            return drop.in(new DropEvent.Circumstances(
                    all.appProtocol(),
                    SettingTable.isOn(value(DROP + "alerts", "no")) ? all.cause() : null,
                    SettingTable.isOn(value(DROP + "verdict", "no")) ? all.verdict() : null));
        }
        return event;
    }

    private String value(String key, String otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    /** A number of octets in Suricata's form, {@code 4kb}; -1 when it is none. */
    static long octets(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < lower.length() && lower.charAt(digits) >= '0' && lower.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 15) {
            return -1;
        }
        long number = Long.parseLong(lower.substring(0, digits));
        return switch (lower.substring(digits).strip()) {
            case "", "b" -> number;
            case "kb", "kib" -> number << 10;
            case "mb", "mib" -> number << 20;
            case "gb", "gib" -> number << 30;
            default -> -1;
        };
    }
}
