package jp.genkan.av.yara.module;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All modules. A new one is one class and one line here. */
public final class YaraModules {
    private static final List<YaraModule<?>> ALL = List.of();

    private YaraModules() {}

    public static List<YaraModule<?>> all() {
        return ALL;
    }

    /** The index of a module in {@link #all()}; -1 when there is none of that name. */
    public static int index(String name) {
        for (int i = 0; i < ALL.size(); i++) {
            if (ALL.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The module of a name; null when there is none. */
    public static @Nullable YaraModule<?> find(String name) {
        int index = index(name);
        return index < 0 ? null : ALL.get(index);
    }
}
