package jp.genkan.av.unpack.http;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;

/** An answer of HTTP with its head, as it came: a body begins behind anything that some receiver takes for the empty line. */
public final class LooseResponse implements Unpacker {
    /** The format that says: these octets are an answer with its head. */
    public static final String FORMAT = "http-response";

    /** Receivers read no longer heads than this. */
    private static final int HEAD_MAX = 16 << 10;

    /** Bodies that are tried: an odd head has a few places that could be its end. */
    private static final int BODIES_MAX = 6;

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return facts.depth() == 1 && facts.formats().getFirst().equals(FORMAT);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        int bodies = 0;
        long end = Math.min(content.size(), HEAD_MAX);
        for (long at = 1; at < end && bodies < BODIES_MAX; at++) {
            if (endsLine(content, at - 1) && endsLine(content, at) && !isOneLineEnd(content, at)) {
                long body = at + 1;
                while (body < content.size() && endsLine(content, body)) {
                    body++;
                }
                if (body < content.size()) {
                    members.stored(null, body, content.size() - body);
                    bodies++;
                }
                at = body;
            }
        }
    }

    private static boolean endsLine(Content content, long at) {
        int octet = content.u8(at);
        return octet == '\r' || octet == '\n';
    }

    /** A carriage return and a line feed are one end of a line. */
    private static boolean isOneLineEnd(Content content, long at) {
        return content.u8(at - 1) == '\r'
                && content.u8(at) == '\n'
                && !endsLine(content, at + 1)
                && !endsLine(content, at - 2);
    }
}
