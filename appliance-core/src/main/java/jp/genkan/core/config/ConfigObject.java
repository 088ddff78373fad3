package jp.genkan.core.config;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values by their keys: one item of a list of objects, or the whole of a {@link Config}. Immutable. */
public final class ConfigObject {
    private final ConfigSchema schema;
    private final Map<ConfigKey<?>, Object> values;
    private final Map<ConfigKey<?>, YamlNode.Place> places;

    ConfigObject(ConfigSchema schema, Map<ConfigKey<?>, Object> values, Map<ConfigKey<?>, YamlNode.Place> places) {
        this.schema = schema;
        this.values = new HashMap<>(values);
        this.places = new HashMap<>(places);
    }

    /**
     * The value, or the key's default.
     *
     * @throws IllegalStateException when the key is not set and has no default: ask {@link #find} for such keys
     */
    public <T> T get(ConfigKey<T> key) {
        T value = find(key);
        if (value == null) {
            throw new IllegalStateException(key.name() + " is not set and has no default");
        }
        return value;
    }

    /** The value, or the key's default, or null when it has none. */
    @SuppressWarnings("unchecked") // only the key's own type puts values in
    public <T> @Nullable T find(ConfigKey<T> key) {
        if (!schema.has(key)) {
            throw new IllegalArgumentException(key.name() + " is not a key of this schema");
        }
        T value = (T) values.get(key);
        return value == null ? key.defaultValue() : value;
    }

    /** True when the value was written, and is not a default. */
    public boolean isSet(ConfigKey<?> key) {
        return values.containsKey(key);
    }

    /** Where the value was written, for messages of those who use it: {@code genkan.yaml:3:11}; or {@code default}. */
    public String where(ConfigKey<?> key) {
        YamlNode.Place place = places.get(key);
        return place == null ? "default" : place.toString();
    }

    <T> ConfigObject with(ConfigKey<T> key, T value, YamlNode.Place place) {
        Map<ConfigKey<?>, Object> newValues = new HashMap<>(values);
        Map<ConfigKey<?>, YamlNode.Place> newPlaces = new HashMap<>(places);
        newValues.put(key, value);
        newPlaces.put(key, place);
        return new ConfigObject(schema, newValues, newPlaces);
    }

    String format() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (ConfigKey<?> key : schema.keys()) {
            formatted(key, text);
        }
        return text.toString();
    }

    private <T> void formatted(ConfigKey<T> key, StringJoiner text) {
        T value = find(key);
        if (value != null) {
            text.add(key.name() + ": " + key.type().format(value));
        }
    }

    @Override
    public String toString() {
        return format();
    }
}
