package jp.genkan.av.scan;

import jp.genkan.av.content.Content;

/**
 * Looks for the signatures of a set, with memory of its own that is used again from one file to the next.
 *
 * <p>Thread rule: one thread.
 */
public interface SignatureMatcher extends AutoCloseable {
    /**
     * Looks at octets that are whole. Bad octets are told, never thrown; the time is bounded by {@link FileFacts#deadline()}, which long
     * loops have to ask now and then.
     */
    void match(Content content, FileFacts facts, Detections detections);

    /** Gives native memory back. */
    @Override
    default void close() {}
}
