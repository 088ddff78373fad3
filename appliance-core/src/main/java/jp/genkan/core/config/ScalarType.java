package jp.genkan.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Network;
import org.jspecify.annotations.Nullable;

/** A type whose values are one word or text. */
class ScalarType<T> extends ConfigType<T> {
    /** Most characters of a text value. */
    private static final int TEXT_CHARS_MAX = 4_096;

    private final String allowed;
    private final Parser<T> parser;
    private final Function<T, String> formatter;

    /** Parses a text, for a file in a folder. */
    interface Parser<T> {
        T parse(String text, Path base);
    }

    ScalarType(String allowed, Parser<T> parser, Function<T, String> formatter) {
        this.allowed = allowed;
        this.parser = parser;
        this.formatter = formatter;
    }

    static ScalarType<Boolean> bool() {
        return new ScalarType<>(
                "true or false",
                (text, base) -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException();
                },
                Object::toString);
    }

    static ScalarType<Long> whole(long min, long max) {
        return new ScalarType<>(
                "a whole number from " + min + " to " + max,
                (text, base) -> inRange(Long.parseLong(text), min, max),
                Object::toString);
    }

    static ScalarType<Integer> integer(int min, int max) {
        return new ScalarType<>(
                "a whole number from " + min + " to " + max,
                (text, base) -> inRange(Integer.parseInt(text), min, max),
                Object::toString);
    }

    static ScalarType<Duration> duration(Duration min, Duration max) {
        return new ScalarType<>(
                "a duration from " + Units.format(min) + " to " + Units.format(max)
                        + ", such as 100ms, 30s, 1h30m or 7d",
                (text, base) -> inRange(orRefuse(Units.duration(text)), min, max),
                Units::format);
    }

    static ScalarType<Long> size(long min, long max) {
        return new ScalarType<>(
                "a size from " + Units.format(min) + " to " + Units.format(max) + ", such as 512KiB, 64MiB or 2GiB",
                (text, base) -> inRange(orRefuse(Units.size(text)), min, max),
                Units::format);
    }

    static ScalarType<String> string() {
        return new ScalarType<>(
                "a text without control characters",
                (text, base) -> {
                    if (text.isEmpty()
                            || text.length() > TEXT_CHARS_MAX
                            || text.chars().anyMatch(Character::isISOControl)) {
                        throw new IllegalArgumentException();
                    }
                    return text;
                },
                ScalarType::yaml);
    }

    static ScalarType<Path> path() {
        return new ScalarType<>(
                "a path; a relative one starts from the folder of this file",
                (text, base) -> {
                    if (text.isEmpty() || text.indexOf('\n') >= 0) {
                        throw new IllegalArgumentException();
                    }
                    try {
                        return base.resolve(text).normalize();
                    } catch (InvalidPathException bad) {
                        throw new IllegalArgumentException(bad);
                    }
                },
                path -> yaml(path.toString()));
    }

    static ScalarType<Address> address() {
        return new ScalarType<>(
                "an IPv4 or IPv6 address", (text, base) -> Address.parse(text), address -> yaml(address.toString()));
    }

    static ScalarType<Network> network() {
        return new ScalarType<>(
                "a network such as 192.168.0.0/16 or fc00::/7, or one address",
                (text, base) -> Network.parse(text),
                network -> yaml(network.toString()));
    }

    static ScalarType<Long> mac() {
        return new ScalarType<>(
                "a MAC address such as 00:1b:21:0a:0b:0c",
                (text, base) -> Mac.parse(text),
                mac -> yaml(Mac.format(mac)));
    }

    static <E extends Enum<E>> ScalarType<E> choice(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add(word(constant));
        }
        return new Choice<>(type, List.copyOf(words));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <C extends Comparable<C>> C inRange(C value, C min, C max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static <V> V orRefuse(@Nullable V value) {
        if (value == null) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    /** A text as a YAML scalar: in quotes unless it is a plain word. */
    static String yaml(String text) {
        boolean plain = text.matches("[A-Za-z/][A-Za-z0-9_./-]*") && !text.matches("true|false|null");
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    @Override
    @Nullable
    T read(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            try {
                return parser.parse(scalar.text(), reading.base());
            } catch (IllegalArgumentException refused) {
                reading.refuse(node, explained(scalar.text(), refused.getMessage()));
                return null;
            }
        }
        reading.refuse(node, allowed);
        return null;
    }

    /** What is allowed, with a hint where there is one. */
    String explained(String text, @Nullable String reason) {
        boolean tellsMore = reason != null && reason.contains("beyond its prefix");
        return tellsMore ? allowed + " (" + reason + ")" : allowed;
    }

    @Override
    String format(T value) {
        return formatter.apply(value);
    }

    @Override
    String allowed() {
        return allowed;
    }

    /** One of a few words. */
    private static final class Choice<E extends Enum<E>> extends ScalarType<E> {
        private final List<String> words;

        Choice(Class<E> type, List<String> words) {
            super(
                    String.join(", ", words),
                    (text, base) -> {
                        int at = words.indexOf(text);
                        if (at < 0) {
                            throw new IllegalArgumentException();
                        }
                        return type.getEnumConstants()[at];
                    },
                    constant -> yaml(word(constant)));
            this.words = words;
        }

        @Override
        String explained(String text, @Nullable String reason) {
            String meant = Nearest.to(text, words);
            return allowed() + (meant == null ? "" : "; did you mean '" + meant + "'?");
        }
    }
}
