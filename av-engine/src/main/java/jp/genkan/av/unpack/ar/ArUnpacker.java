package jp.genkan.av.unpack.ar;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Names;
import org.jspecify.annotations.Nullable;

/**
 * ar with GNU's and BSD's long names.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class ArUnpacker implements Unpacker {
    private static final String MAGIC = "!<arch>\n";
    private static final int HEADER = 60;

    @Override
    public String format() {
        return "ar";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.startsWith(0, MAGIC);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long at = MAGIC.length();
        long names = -1;
        while (content.has(at, HEADER)) {
            members.checkTime();
            long size = number(content, at + 48, 10);
            if (size < 0 || content.u8(at + 58) != '`') {
                throw new UnpackException(Members.Reason.BROKEN, "ar header");
            }
            long data = at + HEADER;
            String name = content.latin(at, 16).stripTrailing();
            at = data + size + (size & 1);
            if (name.equals("//")) {
                names = data;
                continue;
            }
            if (name.startsWith("#1/")) {
                long length = Math.min(size, Math.max(0, number(content, data - HEADER + 3, 13)));
                name = Names.decode(content.bytes(data, (int) Math.min(length, Names.LENGTH_MAX)));
                data += length;
                size -= length;
            } else if (name.length() > 1 && name.charAt(0) == '/' && names >= 0) {
                name = longName(content, names + Math.max(0, number(content, data - HEADER + 1, 15)));
            } else if (name.endsWith("/") && name.length() > 1) {
                name = name.substring(0, name.length() - 1);
            }
            members.stored(name, data, size);
            if (!content.has(data, size)) {
                members.uninspectable(name, Members.Reason.BROKEN);
            }
        }
    }

    private static @Nullable String longName(Content content, long at) {
        String text = content.latin(at, Names.LENGTH_MAX);
        int end = text.indexOf('\n');
        text = end < 0 ? text : text.substring(0, end);
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static long number(Content content, long at, int length) {
        long value = 0;
        int i = 0;
        for (; i < length && content.u8(at + i) >= '0' && content.u8(at + i) <= '9'; i++) {
            value = value * 10 + content.u8(at + i) - '0';
        }
        return i == 0 ? -1 : value;
    }
}
