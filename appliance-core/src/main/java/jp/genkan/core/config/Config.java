package jp.genkan.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one appliance or one replay, all validated. Immutable: {@link #with} makes another one.
 */
public final class Config {
    private static final int BYTES_MAX = 4 * YamlReader.CHARS_MAX;

    private final ConfigSchema schema;
    private final Path base;
    private final String source;
    private final ConfigObject values;

    private Config(ConfigSchema schema, Path base, String source, ConfigObject values) {
        this.schema = schema;
        this.base = base;
        this.source = source;
        this.values = values;
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with a line for everything that is wrong with it
     */
    public static Config load(Path file, ConfigSchema schema) throws ConfigException {
        Problems problems = new Problems();
        String text = readText(file, problems);
        problems.throwIfAny();
        return parse(text, file.toString(), folderOf(file), schema);
    }

    /**
     * Reads a text.
     *
     * @param source what stands before line and column in messages
     * @param base folder that relative paths start from
     * @throws ConfigException with a line for everything that is wrong with it
     */
    public static Config parse(String text, String source, Path base, ConfigSchema schema) throws ConfigException {
        Problems problems = new Problems();
        YamlNode root = YamlReader.read(text, source, problems);
        ConfigObject values = new SchemaReader(schema, base, problems).readObject(root, "");
        problems.throwIfAny();
        return new Config(schema, base, source, values);
    }

    /** The defaults; relative paths start from the working folder. */
    public static Config defaults(ConfigSchema schema) {
        ConfigObject none = new ConfigObject(schema, java.util.Map.of(), java.util.Map.of());
        return new Config(schema, Path.of("").toAbsolutePath(), "the built-in configuration", none);
    }

    /**
     * The same with one value set, as {@code --set KEY=VALUE} does. A list is written as {@code a,b} or as YAML, {@code [a, b]}.
     *
     * @param name dotted name of the key
     * @throws ConfigException when there is no such key, or the value is not allowed
     */
    public Config with(String name, String value) throws ConfigException {
        Problems problems = new Problems();
        String option = "--set " + name;
        ConfigKey<?> key = schema.find(name);
        Config changed = null;
        if (key != null) {
            changed = with(key, value, option, problems);
        } else {
            problems.add(option + ": " + unknown(name));
        }
        problems.throwIfAny();
        if (changed == null) {
            throw new AssertionError("a value was refused without a reason: " + option);
        }
        return changed;
    }

    private String unknown(String name) {
        String text = "unknown key " + Problems.quote(name);
        if (schema.isSection(name + ".")) {
            return text + "; it is a section with the keys " + String.join(", ", schema.below(name + "."));
        }
        int dot = name.lastIndexOf('.');
        String section = schema.isSection(name.substring(0, dot + 1)) ? name.substring(0, dot + 1) : "";
        String meant = SchemaReader.meant(schema, name.substring(section.length()), section);
        return meant == null
                ? text + "; the keys there are " + String.join(", ", schema.below(section))
                : text + "; did you mean '" + meant + "'?";
    }

    private <T> @Nullable Config with(ConfigKey<T> key, String text, String option, Problems problems) {
        YamlNode node = key.type().nodeOf(text, option, problems);
        Path workingFolder =
                Path.of("").toAbsolutePath(); // what is typed on a command line starts from where it is typed
        T value = key.type().read(node, new ConfigType.Reading(key.name(), workingFolder, problems));
        return value == null || !problems.isEmpty()
                ? null
                : new Config(schema, base, source, values.with(key, value, YamlNode.Place.of(option)));
    }

    /**
     * The value, or the key's default.
     *
     * @throws IllegalStateException when the key is not set and has no default: ask {@link #find} for such keys
     */
    public <T> T get(ConfigKey<T> key) {
        return values.get(key);
    }

    /** The value, or the key's default, or null when it has none. */
    public <T> @Nullable T find(ConfigKey<T> key) {
        return values.find(key);
    }

    /** True when the value was written, and is not a default. */
    public boolean isSet(ConfigKey<?> key) {
        return values.isSet(key);
    }

    /** Where the value was written, for messages of those who use it: {@code genkan.yaml:3:11}; or {@code default}. */
    public String where(ConfigKey<?> key) {
        return values.where(key);
    }

    /**
     * Checks that keys without a default are set, for a command that cannot do without them.
     *
     * @throws ConfigException with a line for each that is missing
     */
    public void require(ConfigKey<?>... keys) throws ConfigException {
        Problems problems = new Problems();
        for (ConfigKey<?> key : keys) {
            if (!isSet(key) && key.defaultValue() == null) {
                problems.add(source + ": " + key.name() + " is missing (" + key.description() + "); allowed: "
                        + key.allowed());
            }
        }
        problems.throwIfAny();
    }

    /** The folder that relative paths in the file start from. */
    public Path base() {
        return base;
    }

    /** The file as it was named. */
    public String source() {
        return source;
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static String readText(Path file, Problems problems) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                problems.add(file + ": has more than " + BYTES_MAX + " bytes, which is no configuration");
                return "";
            }
            return decode(bytes, file, problems);
        } catch (NoSuchFileException missing) {
            problems.add(file + ": there is no such file");
        } catch (AccessDeniedException denied) {
            problems.add(file + ": may not be read by this user");
        } catch (IOException failed) {
            problems.add(file + ": cannot be read: " + failed.getMessage());
        }
        return "";
    }

    private static String decode(byte[] bytes, Path file, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            String before = text.toString();
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            int column = before.length() - before.lastIndexOf('\n');
            problems.add(new YamlNode.Place(file.toString(), line, column), "not UTF-8");
            return "";
        }
        String decoded = text.toString();
        return decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
    }
}
