package jp.genkan.core.config;

import java.util.List;

/** A configuration file as a tree whose parts know their places. */
sealed interface YamlNode {
    Place place();

    /**
     * Where something stands.
     *
     * @param source file as it was named, or the option that it came by
     * @param line from 1; 0 when the source has no lines
     * @param column from 1, in characters
     */
    record Place(String source, int line, int column) {
        static Place of(String source) {
            return new Place(source, 0, 0);
        }

        @Override
        public String toString() {
            return line == 0 ? source : source + ":" + line + ":" + column;
        }
    }

    /**
     * One value.
     *
     * @param text without quotes
     * @param plain true when it had no quotes, so that {@code null} and {@code ~} mean that there is no value
     */
    record Scalar(Place place, String text, boolean plain) implements YamlNode {
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /** A list. */
    record Items(Place place, List<YamlNode> items) implements YamlNode {}

    /** Keys with their values, each key once. */
    record Section(Place place, List<Entry> entries) implements YamlNode {}

    /** One key of a section. */
    record Entry(Place place, String key, YamlNode value) {}

    /** Something whose problem has been reported already. */
    record Refused(Place place) implements YamlNode {}

    /** What it is, for messages. */
    default String kind() {
        return switch (this) {
            case Scalar scalar -> scalar.isNull() ? "nothing" : Problems.quote(scalar.text());
            case Items items -> "a list";
            case Section section -> "a section";
            case Refused refused -> "nothing";
        };
    }
}
