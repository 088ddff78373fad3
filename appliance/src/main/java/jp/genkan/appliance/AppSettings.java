package jp.genkan.appliance;

import java.nio.file.Path;
import jp.genkan.core.config.Config;
import jp.genkan.core.config.ConfigKey;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code appcontrol}.
 *
 * @param definitions folder of definitions in addition to those that are built in; null for none
 */
public record AppSettings(@Nullable Path definitions) {
    static final ConfigKey<Path> DEFINITIONS = ConfigKey.key(
                    "appcontrol.definitions", "A folder of files .app that say what further applications are known by")
            .path()
            .optional("those that are built in alone");

    static AppSettings of(Config config) {
        return new AppSettings(config.find(DEFINITIONS));
    }
}
