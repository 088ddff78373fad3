package jp.genkan.appliance.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which settings of Suricata's are of no effect in a replay, say what is so anyway, or are honoured: {@code suricata-settings.txt}, which says how its lines are
 * read. Every other setting is listed as unsupported where it is set.
 *
 * <p>Thread rule: immutable.
 */
final class SettingTable {
    private static final SettingTable TABLE = read();

    private final List<Row> rows;

    private SettingTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** What a line of the table says. */
    enum Meaning {
        /** Names what a replay does not have, or tunes speed and memory. */
        NOTHING,
        /** Says what is so anyway. */
        SAME,
        /** Honoured. */
        READ
    }

    /**
     * A line.
     *
     * @param names of the key, {@code *} for any
     * @param below everything below is meant too
     * @param values the values that are meant; empty for any
     */
    record Row(List<String> names, boolean below, Set<String> values, Meaning meaning) {
        Row {
            names = List.copyOf(names);
            values = Set.copyOf(values);
        }

        boolean fits(List<String> key, String value) {
            if (key.size() < names.size() || key.size() > names.size() && !below) {
                return false;
            }
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).equals("*") && !names.get(i).equals(key.get(i))) {
                    return false;
                }
            }
            return values.isEmpty() || values.stream().anyMatch(wanted -> isValue(wanted, value));
        }

        private static boolean isValue(String wanted, String value) {
            return switch (wanted) {
                case "on" -> isOn(value);
                case "off" -> isOff(value);
                default -> wanted.equals(value.toLowerCase(Locale.ROOT));
            };
        }
    }

    /** The table. */
    static SettingTable get() {
        return TABLE;
    }

    /**
     * True when a setting need not be listed.
     *
     * @param key dotted
     * @param value as text
     * @param all every setting of the file: what stands below a thing that is switched off has no effect
     */
    boolean covers(String key, String value, Map<String, String> all) {
        if (isOfWhatIsOff(key, all)) {
            return true;
        }
        List<String> names = names(key);
        for (Row row : rows) {
            if (row.fits(names, value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWhatIsOff(String key, Map<String, String> all) {
        for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
            String enabled = key.substring(0, dot) + ".enabled";
            if (!enabled.equals(key) && isOff(all.getOrDefault(enabled, "yes"))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(String key) {
        List<String> names = new ArrayList<>();
        for (String name : key.split("\\.", -1)) {
            if (names.isEmpty() || name.isEmpty() || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
                names.add(name);
            }
        }
        return names;
    }

    /** Suricata's words for no. */
    static boolean isOff(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "no", "false", "off", "0" -> true;
            default -> false;
        };
    }

    /** Suricata's words for yes. */
    static boolean isOn(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "1" -> true;
            default -> false;
        };
    }

    private static SettingTable read() {
        try (InputStream stream = Objects.requireNonNull(
                        SettingTable.class.getResourceAsStream("suricata-settings.txt"), "suricata-settings.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new SettingTable(lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(SettingTable::row)
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Row row(String line) {
        String[] fields = line.trim().split("\\s+", -1);
        if (fields.length != 3) {
            throw new IllegalStateException("suricata-settings.txt: three fields were expected: " + line);
        }
        boolean below = fields[0].endsWith(".**");
        String names = below ? fields[0].substring(0, fields[0].length() - 3) : fields[0];
        Set<String> values = fields[1].equals("any") ? Set.of() : Set.of(fields[1].split("\\|", -1));
        return new Row(
                List.of(names.split("\\.", -1)), below, values, Meaning.valueOf(fields[2].toUpperCase(Locale.ROOT)));
    }
}
