package jp.genkan.av.unpack.pdf;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;

/**
 * PDF files.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class PdfUnpacker implements Unpacker {
    /** Name of the member that tells what the file's actions do, a line each: kind, how it comes to it, what it is given. */
    public static final String ACTIONS = "actions";

    /** Octets among which the mark stands: readers look no further. */
    private static final int HEAD_MAX = 1024;

    @Override
    public String format() {
        return "pdf";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        byte[] head = content.head();
        for (int at = 0; at < Math.min(HEAD_MAX, head.length); at++) {
            if (head[at] == '%' && content.startsWith(at, "%PDF-")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        PdfFile file = new PdfFile(content, members);
        file.scan();
        PdfLock lock = PdfLock.of(file, facts.passwords());
        if (lock != null && lock.isClosed()) {
            throw new UnpackException(Members.Reason.ENCRYPTED, "encrypted");
        }
        PdfMembers writer = new PdfMembers(content, file, lock, members);
        writer.objectStreams();
        writer.hand();
        if (file.isFull()) {
            throw new UnpackException(Members.Reason.TOO_MANY, "objects");
        }
    }
}
