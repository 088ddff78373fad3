package jp.genkan.av.unpack.ole;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Head of a package, the form in which Windows puts any file into a document: a label, where the file came from, where it goes when it is opened, its
 * octets.
 *
 * @param name as the user sees it
 * @param begin index of the file's first octet, from the first octet behind the length of the whole
 * @param length octets of the file as announced
 */
public record PackagedFile(String name, int begin, long length) {
    private static final int PATH_MARK = 0x0003;

    /** Names are in the machine's own code page: mostly Japanese here, and the same as ASCII where they are not. */
    private static final Charset NAMES =
            Charset.isSupported("windows-31j") ? Charset.forName("windows-31j") : Charset.defaultCharset();

    /** Reads a head; null when it is none. */
    public static @Nullable PackagedFile read(byte[] head) {
        if (u16(head, 0) != 2) {
            return null;
        }
        int label = end(head, 2);
        int path = label < 0 ? -1 : end(head, label + 1);
        if (path < 0) {
            return null;
        }
        int at = path + 1;
        if (u16(head, at + 2) == PATH_MARK) {
            long length = u32(head, at + 4);
            if (length < 0 || length > head.length) {
                return null;
            }
            at += 8 + (int) length;
        } else {
            return null;
        }
        long size = u32(head, at);
        String shown = new String(head, 2, label - 2, NAMES);
        String from = new String(head, label + 1, path - label - 1, NAMES);
        String name = shown.contains(".") ? shown : last(from).isEmpty() ? shown : last(from);
        return size < 0 ? null : new PackagedFile(last(name), at + 4, size);
    }

    private static String last(String path) {
        return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
    }

    private static int end(byte[] head, int from) {
        for (int at = from; at < head.length; at++) {
            if (head[at] == 0) {
                return at;
            }
        }
        return -1;
    }

    private static int u16(byte[] head, int at) {
        return at >= 0 && at + 2 <= head.length ? head[at] & 0xff | (head[at + 1] & 0xff) << 8 : -1;
    }

    private static long u32(byte[] head, int at) {
        return at >= 0 && at + 4 <= head.length ? u16(head, at) | (long) u16(head, at + 2) << 16 : -1;
    }
}
