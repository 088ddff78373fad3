package jp.genkan.core.config;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object with keys of its own, as an item of a list. */
final class ObjectType extends ConfigType<ConfigObject> {
    private final ConfigSchema schema;

    ObjectType(ConfigSchema schema) {
        this.schema = schema;
    }

    @Override
    @Nullable
    ConfigObject read(YamlNode node, Reading reading) {
        if (!(node instanceof YamlNode.Section)) {
            reading.refuse(node, allowed());
            return null;
        }
        SchemaReader reader = new SchemaReader(schema, reading.base(), reading.problems());
        return reader.readObject(node, reading.key());
    }

    @Override
    String format(ConfigObject value) {
        return value.format();
    }

    @Override
    String allowed() {
        return "an object with the keys "
                + schema.keys().stream().map(ConfigKey::name).collect(Collectors.joining(", "));
    }
}
