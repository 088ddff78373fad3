package jp.genkan.core.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a tree against a schema: reads every value, and tells everything that is wrong. */
final class SchemaReader {
    private final ConfigSchema schema;
    private final Path base;
    private final Problems problems;
    private final Map<ConfigKey<?>, Object> values = new HashMap<>();
    private final Map<ConfigKey<?>, YamlNode.Place> places = new HashMap<>();

    SchemaReader(ConfigSchema schema, Path base, Problems problems) {
        this.schema = schema;
        this.base = base;
        this.problems = problems;
    }

    /**
     * Reads an object.
     *
     * @param prefix what stands before its keys in messages; empty for the whole file
     */
    ConfigObject readObject(YamlNode root, String prefix) {
        readSection(root, "", prefix.isEmpty() ? "" : prefix + ".");
        return new ConfigObject(schema, values, places);
    }

    private void readSection(YamlNode node, String section, String prefix) {
        switch (node) {
            case YamlNode.Section found -> {
                for (YamlNode.Entry entry : found.entries()) {
                    readEntry(entry, section, prefix);
                }
            }
            case YamlNode.Scalar scalar when scalar.isNull() -> {} // a section whose keys are all commented out
            case YamlNode.Refused refused -> {}
            case YamlNode.Scalar scalar -> refuseSection(node, section, prefix);
            case YamlNode.Items items -> refuseSection(node, section, prefix);
        }
    }

    private void refuseSection(YamlNode node, String section, String prefix) {
        String where = section.isEmpty() ? "the configuration" : prefix + section.substring(0, section.length() - 1);
        problems.add(
                node.place(),
                where + ": " + node.kind() + " is not allowed; allowed: a section with the keys "
                        + String.join(", ", schema.below(section)));
    }

    private void readEntry(YamlNode.Entry entry, String section, String prefix) {
        String name = section + entry.key();
        ConfigKey<?> key = schema.find(name);
        boolean plainWord = entry.key().indexOf('.') < 0;
        if (plainWord && key != null) {
            readValue(key, entry.value(), prefix);
        } else if (plainWord && schema.isSection(name + ".")) {
            readSection(entry.value(), name + ".", prefix);
        } else {
            problems.add(entry.place(), unknown(entry.key(), section, prefix));
        }
    }

    private <T> void readValue(ConfigKey<T> key, YamlNode node, String prefix) {
        T value = key.type().read(node, new ConfigType.Reading(prefix + key.name(), base, problems));
        if (value != null) {
            values.put(key, value);
            places.put(key, node.place());
        }
    }

    private String unknown(String word, String section, String prefix) {
        String text = "unknown key " + Problems.quote(prefix + section + word);
        if (word.indexOf('.') >= 0 && schema.find(section + word) != null) {
            int dot = word.lastIndexOf('.');
            return text + "; write '" + word.substring(dot + 1) + "' below the section '" + word.substring(0, dot)
                    + "'";
        }
        String meant = meant(schema, word, section);
        if (meant != null) {
            return text + "; did you mean '" + prefix + meant + "'?";
        }
        return text + "; the keys here are " + String.join(", ", schema.below(section));
    }

    /** The full name that was meant by a word in a section: a neighbour first, then the same word in another section. */
    static @Nullable String meant(ConfigSchema schema, String word, String section) {
        String neighbour = Nearest.to(word, schema.below(section));
        if (neighbour != null) {
            return section + neighbour;
        }
        Set<String> elsewhere = new LinkedHashSet<>();
        for (ConfigKey<?> key : schema.keys()) {
            String last = key.name().substring(key.name().lastIndexOf('.') + 1);
            if (Nearest.isSame(last, word)) {
                return key.name();
            }
            elsewhere.add(key.name());
        }
        return Nearest.to(section + word, elsewhere);
    }
}
