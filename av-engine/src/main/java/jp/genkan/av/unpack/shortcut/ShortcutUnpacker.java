package jp.genkan.av.unpack.shortcut;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;

/**
 * Shortcuts: the command that one starts as a text, and what stands behind its end.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class ShortcutUnpacker implements Unpacker {
    /** Name of the member that has the command: a line each for the path, the arguments and so on. */
    public static final String COMMAND = "command line";

    private static final int HEADER = 76;
    private static final long CLASS_BEGIN = 0x0002_1401L;
    private static final int HAS_IDS = 0x1;
    private static final int HAS_INFO = 0x2;
    private static final int FIRST_TEXT = 0x4;
    private static final int TEXTS = 5;
    private static final int UNICODE = 0x80;
    private static final long ENVIRONMENT = 0xa000_0001L;
    private static final int ENVIRONMENT_NARROW = 260;
    private static final int ENVIRONMENT_WIDE = 520;
    private static final int BLOCKS_MAX = 64;
    private static final int PATH_OCTETS_MAX = 1024;

    private static final Charset NARROW =
            Charset.isSupported("windows-31j") ? Charset.forName("windows-31j") : StandardCharsets.ISO_8859_1;

    @Override
    public String format() {
        return "lnk";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return content.u32(0) == HEADER && content.u32(4) == CLASS_BEGIN && content.has(0, HEADER);
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long flags = content.u32(20);
        StringBuilder command = new StringBuilder();
        long at = HEADER;
        if ((flags & HAS_IDS) != 0) {
            at += 2L + Math.max(0, content.u16(at));
        }
        if ((flags & HAS_INFO) != 0) {
            info(content, at, command);
            at += Math.max(4, content.u32(at));
        }
        int width = (flags & UNICODE) != 0 ? 2 : 1;
        for (int text = 0; text < TEXTS; text++) {
            if ((flags & (long) FIRST_TEXT << text) != 0) {
                int length = Math.max(0, content.u16(at)) * width;
                line(
                        command,
                        new String(content.bytes(at + 2, length), width == 2 ? StandardCharsets.UTF_16LE : NARROW));
                at += 2L + length;
            }
        }
        at = blocks(content, at, command);
        try (OutputStream out = members.begin(COMMAND)) {
            out.write(command.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (at > content.size()) {
            throw new UnpackException(Members.Reason.BROKEN, "its end is missing");
        }
        if (at < content.size()) {
            members.stored("appended", at, content.size() - at);
        }
    }

    /** The path of what is started, where it lies on a disk. */
    private static void info(Content content, long at, StringBuilder command) {
        long path = content.u32(at + 16);
        if (path > 0 && (content.u32(at + 8) & 1) != 0) {
            line(command, new String(content.bytes(at + path, PATH_OCTETS_MAX), NARROW));
        }
    }

    /** Goes over the blocks behind the texts; the index behind the last one. */
    private static long blocks(Content content, long from, StringBuilder command) {
        long at = from;
        for (int i = 0; i < BLOCKS_MAX; i++) {
            long length = content.u32(at);
            if (length < 4) {
                return length < 0 ? at : at + 4;
            }
            if (content.u32(at + 4) == ENVIRONMENT) {
                line(command, new String(content.bytes(at + 8, ENVIRONMENT_NARROW), NARROW));
                byte[] wide = content.bytes(at + 8 + ENVIRONMENT_NARROW, ENVIRONMENT_WIDE);
                line(command, new String(wide, StandardCharsets.UTF_16LE));
            }
            if (length > content.size() - at) {
                return at; // no block: what was put behind the end without an end
            }
            at += length;
        }
        return at;
    }

    private static void line(StringBuilder command, String text) {
        int end = text.indexOf(0);
        String value = (end < 0 ? text : text.substring(0, end)).strip();
        if (!value.isEmpty()) {
            command.append(value).append('\n');
        }
    }
}
