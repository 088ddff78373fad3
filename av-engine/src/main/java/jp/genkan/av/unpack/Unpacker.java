package jp.genkan.av.unpack;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;

/**
 * Takes one format apart.
 *
 * <p>Thread rule: no state, any thread.
 */
public interface Unpacker {
    /** Name of the format in paths and reasons: {@code zip}. */
    String format();

    /** True when the octets look like this format. Cheap: a few octets at known places, or one bounded search. */
    boolean recognises(Content content, FileFacts facts);

    /**
     * Hands over every member that can be read, in the order of the file.
     *
     * @throws UnpackException when the file is broken or its format unknown further on: what was handed over counts, the reason is kept
     * @throws IOException what {@link Members} throws must go through
     */
    void unpack(Content content, FileFacts facts, Members members) throws IOException;
}
