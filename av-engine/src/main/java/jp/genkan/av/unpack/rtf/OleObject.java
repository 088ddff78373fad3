package jp.genkan.av.unpack.rtf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.ole.PackagedFile;

/**
 * An object of OLE 1.0 ([MS-OLEDS] §2.2): version, kind, the name of its class, topic and item, and its octets.
 *
 * <p>Thread rule: the thread that scans.
 */
final class OleObject {
    private static final int EMBEDDED = 2;
    private static final int NAME_OCTETS_MAX = 4096;
    private static final byte[] COMPOUND = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1};

    /** Octets before a compound file in which it is looked for when the head is none: larger heads are not known. */
    private static final int SEARCH_OCTETS_MAX = 4096;

    private final byte[] octets;
    private final String name;
    private int at = 8;

    OleObject(byte[] octets, long place) {
        this.octets = octets;
        this.name = "object" + place;
    }

    /** Hands over the object as it stands there, and what is in it. */
    void hand(Members members) throws IOException {
        write(members, name + ".objdata", 0, octets.length);
        int kind = (int) u32(4);
        String className = text();
        text();
        text();
        long length = u32(at);
        if (kind == EMBEDDED && at > 8 && length > 0) {
            int begin = at + 4;
            int end = (int) Math.min(octets.length, begin + length);
            PackagedFile inside = PackagedFile.read(Arrays.copyOfRange(octets, begin, end));
            if (inside != null) {
                int from = Math.min(end, begin + inside.begin());
                write(members, inside.name(), from, (int) Math.min(octets.length, from + inside.length()));
            } else if (end > begin) {
                write(members, name + "." + plain(className), begin, end);
            }
            if (inside != null || isAt(begin, COMPOUND)) {
                return;
            }
        }
        int compound = find();
        if (compound >= 0) {
            write(members, name + ".ole", compound, octets.length);
        }
    }

    private static String plain(String className) {
        return className.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
    }

    private int find() {
        for (int i = 0; i < Math.min(SEARCH_OCTETS_MAX, octets.length); i++) {
            if (isAt(i, COMPOUND)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(int from, byte[] mark) {
        return from + mark.length <= octets.length
                && Arrays.equals(octets, from, from + mark.length, mark, 0, mark.length);
    }

    private void write(Members members, String member, int from, int to) throws IOException {
        if (to > from) {
            try (OutputStream out = members.begin(member)) {
                out.write(octets, from, to - from);
            }
        }
    }

    private String text() {
        long length = u32(at);
        if (length < 0 || length > NAME_OCTETS_MAX || at + 4 + length > octets.length) {
            at = 0;
            return "";
        }
        String text = new String(octets, at + 4, (int) length, StandardCharsets.ISO_8859_1);
        at += 4 + (int) length;
        return text.replace("\0", "");
    }

    private long u32(int from) {
        return from < 0 || from + 4 > octets.length
                ? -1
                : octets[from] & 0xffL
                        | (octets[from + 1] & 0xffL) << 8
                        | (octets[from + 2] & 0xffL) << 16
                        | (octets[from + 3] & 0xffL) << 24;
    }
}
