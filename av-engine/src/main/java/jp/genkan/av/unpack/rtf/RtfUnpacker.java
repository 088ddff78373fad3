package jp.genkan.av.unpack.rtf;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;

/**
 * Rich text files.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class RtfUnpacker implements Unpacker {
    /** Name of the member that says where the document takes its template from. */
    public static final String TEMPLATE = "template";

    /** White space before the first brace that is forgiven: Word reads over it. */
    private static final int LEADING_MAX = 64;

    @Override
    public String format() {
        return "rtf";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        long at = 0;
        while (at < LEADING_MAX && (content.u8(at) == ' ' || content.u8(at) == '\n' || content.u8(at) == '\r')) {
            at++;
        }
        return content.startsWith(at, "{\\rt"); // Word asks for no more
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        new RtfReader(content, members).read();
    }
}
