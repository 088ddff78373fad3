package jp.genkan.av.yara.module;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * A module that rules can import.
 *
 * <p>Thread rule: immutable, any thread.
 *
 * @param <T> what it makes of a content
 */
public interface YaraModule<T> {
    /** Under which it is imported; its type has the same name. */
    default String name() {
        return type().name();
    }

    /** Its fields. */
    StructType<T> type();

    /**
     * Makes the object that the fields are read from. Called at most once a scan, when a condition asks for a field that is no constant; costly
     * parts should wait for their field to be asked for.
     *
     * @return null when every field that is no constant is undefined
     */
    @Nullable
    T load(Content content, FileFacts facts);
}
