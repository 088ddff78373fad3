package jp.genkan.av.unpack.ole;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Deflate;
import jp.genkan.av.unpack.codec.Octets;

/**
 * The form in which Office puts a compound file, mostly one of macros, into documents that are web pages or XML ({@code editdata.mso}): a head and
 * compressed octets.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class ActiveMimeUnpacker implements Unpacker {
    /** Octets among which the compressed ones begin: they do at 50 in all that are known. */
    private static final int HEAD_MAX = 1024;

    private static final int HEAD_MIN = 10;

    @Override
    public String format() {
        return "activemime";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.startsWith(0, "ActiveMime");
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        for (long at = HEAD_MIN; at < HEAD_MAX; at++) {
            int head = content.u16be(at);
            if (head >> 8 == 0x78 && head % 31 == 0) {
                inflate(content, at, members);
                return;
            }
        }
        throw new UnpackException(Members.Reason.BROKEN, "nothing compressed in it");
    }

    private static void inflate(Content content, long from, Members members) throws IOException {
        try (OutputStream out = members.begin("object.ole")) {
            Deflate.decodeZlib(new Octets(content, from, content.size() - from), out);
        }
    }
}
