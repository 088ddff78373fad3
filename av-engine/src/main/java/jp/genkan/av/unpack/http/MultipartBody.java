package jp.genkan.av.unpack.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;

/** Parts with a boundary whose head stood in HTTP's (MHTML, RFC 2557): becomes the mail that it would be with a head of its own. */
public final class MultipartBody implements Unpacker {
    /** RFC 2046 §5.1.1 allows 70 characters; senders take more. */
    private static final int BOUNDARY_MAX = 200;

    private static final int LEADING_MAX = 256;
    private static final int PIECE = 1 << 16;

    @Override
    public String format() {
        return "multipart";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return facts.formats().stream().anyMatch(format -> format.startsWith("http"))
                && !boundary(content).isEmpty();
    }

    /** The boundary of the first line, when a header follows it; empty otherwise. */
    private static String boundary(Content content) {
        long at = 0;
        while (at < LEADING_MAX && content.u8(at) >= 0 && content.u8(at) <= ' ') {
            at++;
        }
        if (!content.startsWith(at, "--")) {
            return "";
        }
        String line = content.latin(at + 2, BOUNDARY_MAX + 16);
        int end = Math.max(line.indexOf('\r'), 0) > 0 ? line.indexOf('\r') : line.indexOf('\n');
        if (end <= 0 || end > BOUNDARY_MAX || line.indexOf('"') >= 0 && line.indexOf('"') < end) {
            return "";
        }
        String next = line.substring(end).stripLeading();
        return next.regionMatches(true, 0, "content-", 0, "content-".length()) ? line.substring(0, end) : "";
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        String head =
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"" + boundary(content) + "\"\r\n\r\n";
        try (OutputStream mail = members.begin(facts.name())) {
            mail.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (long at = 0; at < content.size(); at += PIECE) {
                mail.write(content.bytes(at, (int) Math.min(PIECE, content.size() - at)));
            }
        }
    }
}
