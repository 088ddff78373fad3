package jp.genkan.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A list of values of one type. */
final class ListType<T> extends ConfigType<List<T>> {
    /** Most items of a list: longer ones belong into files of their own. */
    static final int ITEMS_MAX = 10_000;

    private final ConfigType<T> item;

    ListType(ConfigType<T> item) {
        this.item = item;
    }

    @Override
    @Nullable
    List<T> read(YamlNode node, Reading reading) {
        if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Items items) || items.items().size() > ITEMS_MAX) {
            reading.refuse(node, allowed());
            return null;
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            T value = item.read(items.items().get(i), reading.below("[" + i + "]"));
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == items.items().size() ? List.copyOf(values) : null;
    }

    @Override
    String format(List<T> value) {
        return value.stream().map(item::format).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    String allowed() {
        return "a list, each item " + item.allowed();
    }

    /** An option's text is YAML when it begins with a bracket; otherwise its items have commas between them. */
    @Override
    YamlNode nodeOf(String text, String source, Problems problems) {
        YamlNode.Place place = YamlNode.Place.of(source);
        if (text.startsWith("[") || item instanceof ObjectType) {
            return moved(YamlReader.read(text, source, problems), place);
        }
        List<YamlNode> items = new ArrayList<>();
        for (String word : text.isBlank() ? new String[0] : text.split(",", -1)) {
            items.add(item.nodeOf(word.strip(), source, problems));
        }
        return new YamlNode.Items(place, items);
    }

    /** The same tree, all at one place: lines and columns within an option only confuse. */
    private static YamlNode moved(YamlNode node, YamlNode.Place place) {
        return switch (node) {
            case YamlNode.Scalar scalar -> new YamlNode.Scalar(place, scalar.text(), scalar.plain());
            case YamlNode.Items list ->
                new YamlNode.Items(
                        place, list.items().stream().map(i -> moved(i, place)).toList());
            case YamlNode.Section section ->
                new YamlNode.Section(
                        place,
                        section.entries().stream()
                                .map(e -> new YamlNode.Entry(place, e.key(), moved(e.value(), place)))
                                .toList());
            case YamlNode.Refused refused -> refused;
        };
    }
}
