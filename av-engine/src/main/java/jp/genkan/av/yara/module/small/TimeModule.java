package jp.genkan.av.yara.module.small;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.YaraModule;

/**
 * The module {@code time}.
 *
 * <p>Thread rule: immutable, any thread.
 */
public final class TimeModule implements YaraModule<TimeModule> {
    private static final long MILLIS = 1_000;

    private static final StructType<TimeModule> TYPE = StructType.of("time", TimeModule.class)
            .function("now", (time, given) -> System.currentTimeMillis() / MILLIS)
            .build();

    @Override
    public StructType<TimeModule> type() {
        return TYPE;
    }

    @Override
    public TimeModule load(Content content, FileFacts facts) {
        return this;
    }
}
