package jp.genkan.appliance.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What to replay, and how.
 *
 * @param id a name, repeated in the result; null for none
 * @param pcap the capture
 * @param out folder for the results; made when missing
 * @param rules IPS rule files
 * @param strictRules a rule that cannot be loaded ends the job
 * @param suricataYaml settings in Suricata's form, or null
 * @param config a configuration file, or null for the defaults
 * @param set single configuration values by their dotted key
 * @param inline verdicts act, and what is forwarded is written
 * @param ignoreChecksums packets with bad checksums are inspected too
 * @param content a content folder, or null for the default
 * @param inside networks on the LAN side, as CIDR; empty for the default
 */
public record ReplayJob(
        @Nullable String id,
        Path pcap,
        Path out,
        List<Path> rules,
        boolean strictRules,
        @Nullable Path suricataYaml,
        @Nullable Path config,
        Map<String, String> set,
        boolean inline,
        boolean ignoreChecksums,
        @Nullable Path content,
        List<String> inside) {

    private static final Set<String> KEYS = Set.of(
            "id",
            "pcap",
            "out",
            "rules",
            "strict_rules",
            "suricata_yaml",
            "config",
            "set",
            "inline",
            "ignore_checksums",
            "content",
            "inside");

    /** Copies the collections. */
    public ReplayJob {
        rules = List.copyOf(rules);
        set = Map.copyOf(set);
        inside = List.copyOf(inside);
    }

    /**
     * Reads a job line.
     *
     * @throws UnusableJobException when the object is not a job; the message says why
     */
    public static ReplayJob of(JsonNode line) throws UnusableJobException {
        if (!line.isObject()) {
            throw new UnusableJobException("a job is a JSON object");
        }
        Set<String> unknown = new TreeSet<>();
        line.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new UnusableJobException("unknown key " + String.join(", ", unknown) + "; there are: "
                    + String.join(", ", new TreeSet<>(KEYS)));
        }
        return new ReplayJob(
                line.hasNonNull("id") ? line.get("id").asText() : null,
                required(line, "pcap"),
                required(line, "out"),
                paths(line, "rules"),
                line.path("strict_rules").asBoolean(),
                optional(line, "suricata_yaml"),
                optional(line, "config"),
                settings(line.path("set")),
                line.path("inline").asBoolean(),
                line.path("ignore_checksums").asBoolean(),
                optional(line, "content"),
                texts(line, "inside"));
    }

    private static Path required(JsonNode line, String key) throws UnusableJobException {
        Path path = optional(line, key);
        if (path == null) {
            throw new UnusableJobException("\"" + key + "\" is missing");
        }
        return path;
    }

    private static @Nullable Path optional(JsonNode line, String key) {
        return line.hasNonNull(key) ? Path.of(line.get(key).asText()) : null;
    }

    private static List<Path> paths(JsonNode line, String key) throws UnusableJobException {
        return texts(line, key).stream().map(Path::of).toList();
    }

    private static List<String> texts(JsonNode line, String key) throws UnusableJobException {
        JsonNode value = line.path(key);
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(element.asText()));
        } else if (!value.isMissingNode() && !value.isNull()) {
            throw new UnusableJobException("\"" + key + "\" is a list");
        }
        return texts;
    }

    private static Map<String, String> settings(JsonNode value) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            settings.put(field.getKey(), field.getValue().asText());
        }
        return settings;
    }

    /** A job line that is not one. */
    public static final class UnusableJobException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableJobException(String message) {
            super(message);
        }
    }
}
