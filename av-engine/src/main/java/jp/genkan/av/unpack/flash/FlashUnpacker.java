package jp.genkan.av.unpack.flash;

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
 * Compressed Flash films: the film as it is when it is not compressed.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class FlashUnpacker implements Unpacker {
    private static final int HEADER = 8;
    private static final int VERSION_MAX = 64;

    @Override
    public String format() {
        return "swf";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        boolean mark = content.startsWith(0, "CWS") || content.startsWith(0, "ZWS");
        return mark && content.u8(3) < VERSION_MAX && content.has(0, HEADER);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        if (content.u8(0) != 'C') {
            throw new UnpackException(Members.Reason.UNSUPPORTED, "compressed with LZMA");
        }
        try (OutputStream out = members.begin("film.swf")) {
            byte[] header = content.bytes(0, HEADER);
            header[0] = 'F';
            out.write(header);
            Deflate.decodeZlib(new Octets(content, HEADER, content.size() - HEADER), out);
        }
    }
}
