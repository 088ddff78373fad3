package jp.genkan.core.config;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What values a key takes: reads them from the file, says what is allowed, and writes them again.
 *
 * @param <T> Java type of the value
 */
public abstract class ConfigType<T> {
    ConfigType() {}

    /**
     * A type of one's own, written as one word or text.
     *
     * @param allowed what may be written, as the end of a sentence: {@code dhcp, none, or an address with its prefix length}
     * @param parse from the text; an IllegalArgumentException refuses it
     * @param format back to the text
     */
    public static <T> ConfigType<T> ofText(String allowed, Function<String, T> parse, Function<T, String> format) {
        return new ScalarType<>(allowed, (text, base) -> parse.apply(text), format);
    }

    /**
     * Reads the value.
     *
     * @return null when it is refused, and the problem has been told
     */
    abstract @Nullable T read(YamlNode node, Reading reading);

    /** The value as YAML on one line. */
    abstract String format(T value);

    /** What may be written, as the end of a sentence. */
    abstract String allowed();

    /** The tree that an option's text stands for. */
    YamlNode nodeOf(String text, String source, Problems problems) {
        return new YamlNode.Scalar(YamlNode.Place.of(source), text, false);
    }

    /**
     * What a type needs to know while it reads.
     *
     * @param key dotted name, for messages
     * @param base folder that relative paths start from
     * @param problems where refusals go
     */
    record Reading(String key, Path base, Problems problems) {
        void refuse(YamlNode node, String allowed) {
            if (!(node instanceof YamlNode.Refused)) {
                problems.add(node.place(), key + ": " + node.kind() + " is not allowed; allowed: " + allowed);
            }
        }

        Reading below(String name) {
            return new Reading(key + name, base, problems);
        }
    }
}
