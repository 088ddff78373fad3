package jp.genkan.appliance.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.genkan.appliance.Tuning;
import jp.genkan.core.event.AnomalyEvent;
import jp.genkan.core.event.Event;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.TransactionEvent;
import jp.genkan.ips.classification.References;
import jp.genkan.ips.engine.BodyLimits;
import jp.genkan.ips.match.Moment;
import jp.genkan.protocols.http.body.ContentCodings;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A configuration in Suricata's form, as far as it has a counterpart here; every other key that it sets is in {@link #unsupported}. Keys are dotted; an
 * item of a list goes by its name where it has one, by its number otherwise.
 *
 * <p>Thread rule: immutable once read.
 */
final class SuricataYaml {
    /** Most characters; Suricata's own example has 90,000. */
    private static final int CHARS_MAX = 1 << 20;

    private static final int DEPTH_MAX = 32;

    /** Alerts of one packet, Suricata's most and its default. */
    private static final int ALERTS_MAX = 255;

    private static final int ALERTS_STOCK = 15;
    private static final String LIST_OF_TYPES = "outputs.eve-log.types";
    private static final String TYPES = "outputs.eve-log.types.";
    private static final String HTTP = "app-layer.protocols.http.libhtp.default-config.";
    private static final String PROTOCOLS = "app-layer.protocols.";

    /** No file: Suricata's defaults, as far as they have a counterpart. */
    static final SuricataYaml NONE = new SuricataYaml();

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> types = new HashSet<>();
    private final Set<String> offTypes = new HashSet<>();
    private final Set<AppProtocol> disabledProtocols = EnumSet.noneOf(AppProtocol.class);
    private final List<String> unsupported = new ArrayList<>();
    private boolean namesTypes;
    private @Nullable RuleSettings rules;

    private SuricataYaml() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it is not YAML, not a mapping, or says of rules what cannot be; the message says where
     * @throws IOException when it cannot be read
     */
    static SuricataYaml read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Object root;
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setAllowDuplicateKeys(true)
                    .setCodePointLimit(CHARS_MAX)
                    .build();
            root = new Load(settings).loadFromString(text);
        } catch (YamlEngineException bad) {
            String why = String.valueOf(bad.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException(file + ": not YAML: " + why, bad);
        }
        if (root != null && !(root instanceof Map<?, ?>)) {
            throw new IllegalArgumentException(file + ": a mapping of settings was expected");
        }
        SuricataYaml yaml = new SuricataYaml();
        if (root instanceof Map<?, ?> map) {
            yaml.flatten(map, "", 0);
            yaml.rules = RuleSettings.of(map, file);
        }
        yaml.interpret();
        return yaml;
    }

    private void flatten(Object node, String key, int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException(key + ": more than " + DEPTH_MAX + " levels");
        }
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((name, value) -> {
                    String inner = key.isEmpty() ? String.valueOf(name) : key + "." + name;
                    if (value == null) {
                        values.put(inner, "");
                    } else {
                        flatten(value, inner, depth + 1);
                    }
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    item(list.get(i), i, key, depth);
                }
            }
            default -> values.put(key, String.valueOf(node));
        }
    }

    private void item(@Nullable Object item, int number, String key, int depth) {
        if (item instanceof Map<?, ?> map && !map.isEmpty() && key.equals(LIST_OF_TYPES)) {
            // the first key names the type; Suricata does not look at what stands beside it
            Map.Entry<?, ?> first = map.entrySet().iterator().next();
            flatten(Map.of(first.getKey(), first.getValue() == null ? "" : first.getValue()), key, depth + 1);
        } else if (item instanceof Map<?, ?> map && map.size() == 1) {
            flatten(map, key, depth + 1);
        } else if (item instanceof Map<?, ?> || item instanceof List<?>) {
            flatten(item, key + "." + number, depth + 1);
        } else {
            values.put(key + "." + item, "");
        }
    }

    private void interpret() {
        values.forEach((key, value) -> {
            if (!honours(key, value)) {
                unsupported.add(key);
            }
        });
    }

    private boolean honours(String key, String value) {
        if (key.startsWith(TYPES)) {
            return honoursType(key.substring(TYPES.length()), value);
        }
        if (key.startsWith(PROTOCOLS) && key.endsWith(".enabled")) {
            return honoursProtocol(key.substring(PROTOCOLS.length(), key.length() - ".enabled".length()), value);
        }
        return RuleSettings.reads(key)
                || isOfUnreadProtocol(key)
                || SettingTable.get().covers(key, value, values);
    }

    /** How a protocol would be read that is not: whether it is to be read at all is said by {@code enabled}. */
    private static boolean isOfUnreadProtocol(String key) {
        if (!key.startsWith(PROTOCOLS)) {
            return false;
        }
        int dot = key.indexOf('.', PROTOCOLS.length());
        String name = dot < 0 ? key.substring(PROTOCOLS.length()) : key.substring(PROTOCOLS.length(), dot);
        return protocol(name) == null;
    }

    private static @Nullable AppProtocol protocol(String name) {
        for (AppProtocol protocol : AppProtocol.values()) {
            if (protocol.eveName().equals(name)) {
                return protocol;
            }
        }
        return null;
    }

    /** What is not read here is switched off whatever is said; what is read can be switched off as a whole. */
    private boolean honoursProtocol(String name, String value) {
        boolean off = SettingTable.isOff(value);
        AppProtocol protocol = protocol(name);
        if (protocol == null) {
            return off && name.indexOf('.') < 0
                    || SettingTable.get().covers(PROTOCOLS + name + ".enabled", value, values);
        }
        if (off) {
            disabledProtocols.add(protocol);
        }
        return off
                || SettingTable.isOn(value)
                || SettingTable.get().covers(PROTOCOLS + name + ".enabled", value, values);
    }

    private boolean honoursType(String type, String value) {
        namesTypes = true;
        int dot = type.indexOf('.');
        String name = dot < 0 ? type : type.substring(0, dot);
        types.add(name);
        if (dot < 0) {
            return true;
        }
        if (type.substring(dot + 1).equals("enabled")) {
            if (SettingTable.isOff(value)) {
                offTypes.add(name);
            }
            return true;
        }
        return SettingTable.get().covers(TYPES + type, value, values);
    }

    /** How events are written. */
    EveOptions eve() {
        return new EveOptions(values);
    }

    /**
     * What is done otherwise than on the box.
     *
     * @param acting true when verdicts act
     * @throws IllegalArgumentException when a number cannot be used
     */
    Tuning tuning(References references, boolean acting) {
        EveOptions eve = eve();
        String alerts = values.get("packet-alert-max");
        String depth = values.get("stream.reassembly.depth");
        return new Tuning(
                FlowTimeoutSettings.of(values),
                SettingTable.isOn(values.getOrDefault("stream.inline", "auto")),
                eve.alerts(references),
                alerts == null ? null : alertsMax(alerts),
                new BodyLimits(
                        limit(HTTP + "request-body-limit"),
                        limit(HTTP + "response-body-limit"),
                        limit("app-layer.protocols.smtp.inspected-tracker.content-limit")),
                depth == null ? null : EveOptions.octets(depth),
                eve.drops(),
                new StreamSettings(values, acting).tuning());
    }

    private long limit(String key) {
        return Math.max(0, EveOptions.octets(values.getOrDefault(key, "0")));
    }

    /** Suricata takes its default for what is no number of alerts. */
    private static int alertsMax(String text) {
        long number = EveOptions.octets(text);
        return number < 1 || number > ALERTS_MAX ? ALERTS_STOCK : (int) number;
    }

    /** Keys that were set and have no counterpart. */
    List<String> unsupported() {
        return List.copyOf(unsupported);
    }

    /** Which connections count as established for rules: Suricata's defaults are the narrowest. */
    Moment.Handshakes handshakes() {
        return new Moment.Handshakes(isOn("stream.midstream"), isOn("stream.async-oneside"));
    }

    private boolean isOn(String key) {
        String value = values.get(key);
        return value != null && !SettingTable.isOff(value);
    }

    /** What it says about rules. */
    RuleSettings rules() {
        return rules == null ? RuleSettings.stock() : rules;
    }

    /** True when this event is to be written. */
    boolean writes(Event event) {
        if (values.isEmpty() && !namesTypes) {
            return true;
        }
        if (SettingTable.isOff(values.getOrDefault("outputs.eve-log.enabled", "yes"))) {
            return false;
        }
        String name = typeOf(event);
        if (offTypes.contains(name) || namesTypes && !types.contains(name)) {
            return false;
        }
        return !(event instanceof AnomalyEvent anomaly)
                || !SettingTable.isOff(values.getOrDefault(
                        TYPES + "anomaly.types." + anomaly.layer().eveName(), "yes"));
    }

    /** True when frames of protocols have events: only where they are asked for. */
    boolean tellsFrames() {
        return types.contains("frame") && !offTypes.contains("frame");
    }

    /** The name under which Suricata's configuration has the events of a kind. */
    private static String typeOf(Event event) {
        if (event instanceof TransactionEvent told && told.transaction().protocol() == AppProtocol.HTTP2) {
            return "http2";
        }
        return switch (event.type()) {
            case "fileinfo" -> "files";
            case "packet" -> "alert"; // alert.tagged-packets
            default -> event.type();
        };
    }

    /** Protocols that are not to be read. */
    Set<AppProtocol> disabledProtocols() {
        return Set.copyOf(disabledProtocols);
    }

    /** Layers of coding around bodies of responses: as many as the box takes off where it is 0, no limit, or beyond. */
    int responseCodingsMax() {
        long limit = limit(HTTP + "response-body-decompress-layer-limit");
        return limit == 0 ? ContentCodings.LAYERS_MAX : (int) Math.min(limit, ContentCodings.LAYERS_MAX);
    }

    /** True when checksums are not to be looked at. */
    boolean ignoresChecksums() {
        return SettingTable.isOff(values.getOrDefault("pcap-file.checksum-checks", "auto"))
                || SettingTable.isOff(values.getOrDefault("stream.checksum-validation", "yes"));
    }
}
