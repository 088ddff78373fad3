package jp.genkan.av.yara.module.small;

import static jp.genkan.av.yara.module.ValueType.FLOAT;
import static jp.genkan.av.yara.module.ValueType.INTEGER;
import static jp.genkan.av.yara.module.ValueType.TEXT;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.YaraModule;

/**
 * The module {@code console}: its functions are true, and nothing is written anywhere, since files of strangers would decide what.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class ConsoleModule implements YaraModule<ConsoleModule> {
    private static final StructType<ConsoleModule> TYPE = StructType.of("console", ConsoleModule.class)
            .function("log", (console, given) -> 1, TEXT)
            .function("log", (console, given) -> 1, TEXT, TEXT)
            .function("log", (console, given) -> 1, INTEGER)
            .function("log", (console, given) -> 1, TEXT, INTEGER)
            .function("log", (console, given) -> 1, FLOAT)
            .function("log", (console, given) -> 1, TEXT, FLOAT)
            .function("hex", (console, given) -> 1, INTEGER)
            .function("hex", (console, given) -> 1, TEXT, INTEGER)
            .build();

    @Override
    public StructType<ConsoleModule> type() {
        return TYPE;
    }

    @Override
    public ConsoleModule load(Content content, FileFacts facts) {
        return this;
    }
}
