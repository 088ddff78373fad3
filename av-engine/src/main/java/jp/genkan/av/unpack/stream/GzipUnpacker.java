package jp.genkan.av.unpack.stream;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Deflate;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import org.jspecify.annotations.Nullable;

/**
 * gzip (RFC 1952): all members of a file are one text, as gzip itself puts them together. Checksums are not looked at.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class GzipUnpacker implements Unpacker {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    @Override
    public String format() {
        return "gzip";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return isHead(content, 0);
    }

    private static boolean isHead(Content content, long at) {
        return content.u8(at) == 0x1f && content.u8(at + 1) == 0x8b && content.u8(at + 2) == 8;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        String name = nameIn(content);
        if (name == null) {
            String outer = facts.name();
            name = outer != null && outer.regionMatches(true, outer.length() - 4, ".tgz", 0, 4)
                    ? outer.substring(0, outer.length() - 3) + "tar"
                    : Names.without(outer, ".gz");
        }
        Member.write(members, name, out -> all(content, out));
    }

    private static void all(Content content, OutputStream out) throws IOException {
        long at = 0;
        while (isHead(content, at)) {
            long data = afterHeader(content, at);
            long used = Deflate.decodeRaw(new Octets(content, data, content.size() - data), out);
            at = data + used + TRAILER;
        }
    }

    private static @Nullable String nameIn(Content content) {
        if ((content.u8(3) & HAS_NAME) == 0) {
            return null;
        }
        long at = HEADER;
        if ((content.u8(3) & HAS_EXTRA) != 0) {
            at += 2L + Math.max(0, content.u16(at));
        }
        return Names.decode(content.bytes(at, Names.LENGTH_MAX));
    }

    private static long afterHeader(Content content, long start) throws IOException {
        int flags = content.u8(start + 3);
        long at = start + HEADER;
        if ((flags & HAS_EXTRA) != 0) {
            at += 2L + Math.max(0, content.u16(at));
        }
        int texts = ((flags & HAS_NAME) != 0 ? 1 : 0) + ((flags & HAS_COMMENT) != 0 ? 1 : 0);
        for (int i = 0; i < texts; i++) {
            int octet;
            do {
                octet = content.u8(at++);
                if (octet < 0) {
                    throw Octets.ended();
                }
            } while (octet != 0);
        }
        return at + ((flags & HAS_CRC) != 0 ? 2 : 0);
    }
}
