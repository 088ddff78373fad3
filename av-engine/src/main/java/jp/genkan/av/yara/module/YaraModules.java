package jp.genkan.av.yara.module;

import java.util.List;
import jp.genkan.av.yara.module.dotnet.DotnetModule;
import jp.genkan.av.yara.module.elf.ElfModule;
import jp.genkan.av.yara.module.hash.HashModule;
import jp.genkan.av.yara.module.math.MathModule;
import jp.genkan.av.yara.module.pe.PeModule;
import jp.genkan.av.yara.module.small.ConsoleModule;
import jp.genkan.av.yara.module.small.TimeModule;
import org.jspecify.annotations.Nullable;

/** All modules. A new one is one class and one line here. */
public final class YaraModules {
    private static final List<YaraModule<?>> ALL = List.of(
            new PeModule(),
            new ElfModule(),
            new DotnetModule(),
            new MathModule(),
            new HashModule(),
            new TimeModule(),
            new ConsoleModule());

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
