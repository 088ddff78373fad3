package jp.genkan.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Network;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its dotted name, what it is good for, what values it takes, and what holds when nobody sets it. Declared as a constant:
 *
 * <pre>{@code
 * static final ConfigKey<Integer> WORKERS = key("workers", "Threads that inspect, one a core").integer(1, 64).orElse(1);
 * static final ConfigKey<Path> CONTENT = key("content", "Folder of signatures").path().optional("the default content");
 * static final ConfigKey<List<String>> INSIDE = key("ports.inside", "Interfaces of the LAN").strings().orElse(List.of());
 * }</pre>
 *
 * @param <T> Java type of the value
 */
public final class ConfigKey<T> {
    private final String name;
    private final String description;
    private final ConfigType<T> type;
    private final @Nullable T defaultValue;
    private final String whenUnset;

    private ConfigKey(Typed<T> typed, @Nullable T defaultValue, String whenUnset) {
        this.name = typed.name;
        this.description = typed.description;
        this.type = typed.type;
        this.defaultValue = defaultValue;
        this.whenUnset = whenUnset;
    }

    /**
     * Begins a declaration.
     *
     * @param name lower-case words with hyphens, and a dot below each section
     * @param description one English line without a full stop
     */
    public static Named key(String name, String description) {
        if (!name.matches("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*")) {
            throw new IllegalArgumentException("not a name of a configuration key: " + name);
        }
        if (description.isBlank() || description.contains("\n") || description.endsWith(".")) {
            throw new IllegalArgumentException(name + ": describe it in one line without a full stop");
        }
        return new Named(name, description);
    }

    /** The dotted name. */
    public String name() {
        return name;
    }

    /** What it is good for, in one English line. */
    public String description() {
        return description;
    }

    /** What values may be written, as the end of a sentence. */
    public String allowed() {
        return type.allowed();
    }

    /** What holds when it is not set; null when that is said by {@link #whenUnset}. */
    public @Nullable T defaultValue() {
        return defaultValue;
    }

    /** What holds when it is not set, in words; the default as it would be written when there is one. */
    public String whenUnset() {
        return defaultValue == null ? whenUnset : type.format(defaultValue);
    }

    ConfigType<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }

    /** A key with a name, which still needs its type. */
    public static final class Named {
        private final String name;
        private final String description;

        private Named(String name, String description) {
            this.name = name;
            this.description = description;
        }

        /** A type of one's own. */
        public <T> Typed<T> of(ConfigType<T> type) {
            return new Typed<>(name, description, type);
        }

        /** A list with items of a type of one's own. */
        public <T> Typed<List<T>> listOf(ConfigType<T> type) {
            return of(new ListType<>(type));
        }

        /** {@code true} or {@code false}. */
        public Typed<Boolean> bool() {
            return of(ScalarType.bool());
        }

        /** A whole number within bounds, both included. */
        public Typed<Integer> integer(int min, int max) {
            return of(ScalarType.integer(min, max));
        }

        /** A whole number of 64 bits within bounds, both included. */
        public Typed<Long> whole(long min, long max) {
            return of(ScalarType.whole(min, max));
        }

        /** A duration within bounds, both included: {@code 100ms}, {@code 2h}. */
        public Typed<Duration> duration(Duration min, Duration max) {
            return of(ScalarType.duration(min, max));
        }

        /** A number of octets within bounds, both included: {@code 64MiB}. */
        public Typed<Long> size(long min, long max) {
            return of(ScalarType.size(min, max));
        }

        /** One of an enum's constants, written in lower case with hyphens. */
        public <E extends Enum<E>> Typed<E> choice(Class<E> type) {
            return of(ScalarType.choice(type));
        }

        /** A text of one line. */
        public Typed<String> string() {
            return of(ScalarType.string());
        }

        /** A path; a relative one starts from the configuration file's folder. */
        public Typed<Path> path() {
            return of(ScalarType.path());
        }

        /** An IP address. */
        public Typed<Address> address() {
            return of(ScalarType.address());
        }

        /** A network. */
        public Typed<Network> network() {
            return of(ScalarType.network());
        }

        /** A MAC address, in the low 48 bits. */
        public Typed<Long> mac() {
            return of(ScalarType.mac());
        }

        /** A list of an enum's constants, written as for {@link #choice}. */
        public <E extends Enum<E>> Typed<List<E>> choices(Class<E> type) {
            return listOf(ScalarType.choice(type));
        }

        /** A list of texts. */
        public Typed<List<String>> strings() {
            return listOf(ScalarType.string());
        }

        /** A list of paths. */
        public Typed<List<Path>> paths() {
            return listOf(ScalarType.path());
        }

        /** A list of IP addresses. */
        public Typed<List<Address>> addresses() {
            return listOf(ScalarType.address());
        }

        /** A list of networks. */
        public Typed<List<Network>> networks() {
            return listOf(ScalarType.network());
        }

        /** A list of MAC addresses. */
        public Typed<List<Long>> macs() {
            return listOf(ScalarType.mac());
        }

        /** A list of objects that have these keys. */
        public Typed<List<ConfigObject>> objects(ConfigKey<?>... keys) {
            return listOf(new ObjectType(ConfigSchema.of(keys)));
        }
    }

    /** A key with a type, which still needs to say what holds when nobody sets it. */
    public static final class Typed<T> {
        private final String name;
        private final String description;
        private final ConfigType<T> type;

        private Typed(String name, String description, ConfigType<T> type) {
            this.name = name;
            this.description = description;
            this.type = type;
        }

        /** This value holds when the key is not set. */
        public ConfigKey<T> orElse(T value) {
            return new ConfigKey<>(this, value, "");
        }

        /**
         * The key has no default value.
         *
         * @param whenUnset what happens then, for the documentation: {@code one a core}
         */
        public ConfigKey<T> optional(String whenUnset) {
            return new ConfigKey<>(this, null, whenUnset);
        }

        /** The key has no default value, and who needs it asks {@link Config#require}. */
        public ConfigKey<T> required() {
            return optional("must be set");
        }
    }
}
