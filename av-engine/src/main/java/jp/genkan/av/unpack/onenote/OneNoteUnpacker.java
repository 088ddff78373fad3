package jp.genkan.av.unpack.onenote;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;

/**
 * OneNote sections. Embedded files lie in them whole, each behind an identifier of its own ([MS-ONESTORE] §2.6.13), which is searched for: the references
 * that lead there need not be right.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class OneNoteUnpacker implements Unpacker {
    private static final long SECTION = 0x4da7d88c7b5c52e4L;
    private static final long TABLE_OF_CONTENTS = 0x4c76_efd9_43ff_2fa1L;
    private static final int FIRST = 0xe7;
    private static final long DATA_LOW = 0x4511_2665_bde3_16e7L;
    private static final long DATA_HIGH = 0xac9e_7a0b_4d8d_c4a4L;
    private static final int HEAD = 36;
    private static final int TIME_EVERY = 0xffff;

    @Override
    public String format() {
        return "onenote";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        long first = content.i64(0);
        return first == SECTION || first == TABLE_OF_CONTENTS;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long at = 0;
        int count = 0;
        while (at < content.size()) {
            if (content.u8(at) == FIRST && content.i64(at) == DATA_LOW && content.i64(at + 8) == DATA_HIGH) {
                long length = content.i64(at + 16);
                long there = Math.clamp(length, 0, Math.max(0, content.size() - at - HEAD));
                members.stored("file" + ++count, at + HEAD, there);
                at += HEAD + (length == there ? there : 0); // a length that is wrong hides nothing
            } else {
                at++;
            }
            if ((at & TIME_EVERY) == 0) {
                members.checkTime();
            }
        }
    }
}
