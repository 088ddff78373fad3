package jp.genkan.av.unpack.rar;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Member;

/**
 * RAR with both of its containers. What is encrypted, begins in another volume or uses a method that is not known is told.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class RarUnpacker implements Unpacker {
    private static final String MAGIC = "Rar!\u001a\7";

    @Override
    public String format() {
        return "rar";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return isAt(content, 0);
    }

    /** True when an archive begins there. */
    public static boolean isAt(Content content, long at) {
        return content.startsWith(at, MAGIC)
                && (content.u8(at + 6) == 0 || content.u8(at + 6) == 1 && content.u8(at + 7) == 0);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        Member.guard(() -> {
            if (content.u8(6) == 0) {
                new Rar4(content, members).all();
            } else {
                new Rar5(content, members).all();
            }
        });
    }
}
