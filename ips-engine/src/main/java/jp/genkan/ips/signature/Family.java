package jp.genkan.ips.signature;

/** Keywords and buffers that belong together: a protocol's, or the headers of packets. Adding one is a class and a line in the language's list. */
@FunctionalInterface
public interface Family {
    /** Adds its buffers and its keywords. */
    void register(KeywordTable keywords, BufferTable buffers);
}
