package jp.genkan.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All keys that a configuration may have, in the order in which they are documented. Immutable. */
public final class ConfigSchema {
    private static final int LINE_CHARS = 100;

    private final Map<String, ConfigKey<?>> keys;
    private final Map<String, Set<String>> words = new LinkedHashMap<>();

    private ConfigSchema(Collection<? extends ConfigKey<?>> all) {
        Map<String, ConfigKey<?>> byName = new LinkedHashMap<>();
        for (ConfigKey<?> key : all) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalArgumentException("the key " + key.name() + " is declared twice");
            }
            addWords(key.name());
        }
        for (String name : byName.keySet()) {
            if (words.containsKey(name + ".")) {
                throw new IllegalArgumentException(name + " is a key and a section at once");
            }
        }
        this.keys = byName;
    }

    private void addWords(String name) {
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            words.computeIfAbsent(name.substring(0, start), section -> new LinkedHashSet<>())
                    .add(name.substring(start, dot));
            start = dot + 1;
        }
        words.computeIfAbsent(name.substring(0, start), section -> new LinkedHashSet<>())
                .add(name.substring(start));
    }

    /**
     * A schema of these keys.
     *
     * @throws IllegalArgumentException when two have the same name, or one's name is another's section
     */
    public static ConfigSchema of(ConfigKey<?>... keys) {
        return new ConfigSchema(List.of(keys));
    }

    /** The keys of several parts together. */
    public static ConfigSchema of(Collection<? extends ConfigKey<?>> keys) {
        return new ConfigSchema(keys);
    }

    /** This one's keys, then another's. */
    public ConfigSchema and(ConfigSchema other) {
        List<ConfigKey<?>> all = new ArrayList<>(keys.values());
        all.addAll(other.keys.values());
        return new ConfigSchema(all);
    }

    /** All keys, in the order of their declaration. */
    public Collection<ConfigKey<?>> keys() {
        return List.copyOf(keys.values());
    }

    @Nullable
    ConfigKey<?> find(String name) {
        return keys.get(name);
    }

    boolean has(ConfigKey<?> key) {
        return keys.get(key.name()) == key;
    }

    /** True when this is a section; the name ends in a dot, and is empty for the whole file. */
    boolean isSection(String section) {
        return words.containsKey(section);
    }

    /** The words that may stand in a section. */
    Set<String> below(String section) {
        return words.getOrDefault(section, Set.of());
    }

    /**
     * A configuration file with every key at its default, each explained by a comment. Reading it gives the defaults; keys without a default
     * stand in it as comments.
     */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append("# Every key of the configuration, with its default. All of them may be left out.\n");
        describe("", "", text);
        return text.toString();
    }

    private void describe(String section, String indent, StringBuilder text) {
        for (String word : below(section)) {
            String name = section + word;
            ConfigKey<?> key = keys.get(name);
            if (key == null) {
                text.append('\n').append(indent).append(word).append(":\n");
                describe(name + ".", indent + "  ", text);
            } else {
                describe(key, word, indent, text);
            }
        }
    }

    private static void describe(ConfigKey<?> key, String word, String indent, StringBuilder text) {
        text.append('\n');
        comment(key.description() + ".", indent, text);
        comment("Allowed: " + key.allowed() + ".", indent, text);
        if (key.defaultValue() == null) {
            comment("Not set: " + key.whenUnset() + ".", indent, text);
            text.append(indent).append("# ").append(word).append(":\n");
        } else {
            text.append(indent)
                    .append(word)
                    .append(": ")
                    .append(key.whenUnset())
                    .append('\n');
        }
    }

    /** A comment, broken into lines. */
    private static void comment(String sentence, String indent, StringBuilder text) {
        int column = LINE_CHARS;
        boolean first = true;
        for (String word : sentence.split(" ", -1)) {
            if (column + 1 + word.length() > LINE_CHARS) {
                text.append(first ? "" : "\n").append(indent).append('#');
                column = indent.length() + 1;
            }
            text.append(' ').append(word);
            column += 1 + word.length();
            first = false;
        }
        text.append('\n');
    }
}
