package jp.genkan.protocols.file;

import java.nio.charset.StandardCharsets;

/** What kind of zip archive it is, by the names in the local headers (APPNOTE §4.3.7) that lie in the first octets. Stateless. */
final class ZipLook {
    private static final int HEADER_LENGTH = 30;
    private static final int NAME_LENGTH_AT = 26;
    private static final int EXTRA_LENGTH_AT = 28;

    /** Longest name that is compared; those that tell a kind are shorter. */
    private static final int NAME_MAX = 64;

    private ZipLook() {}

    static MagicType find(byte[] head, int from, int to) {
        MagicType found = MagicType.ZIP;
        int at = from;
        while (at + 4 <= to) {
            if (!ContentLook.startsWith(head, at, to, "PK\u0003\u0004")) {
                at++;
                continue;
            }
            if (at + HEADER_LENGTH > to) {
                break;
            }
            int nameLength = u16(head, at + NAME_LENGTH_AT);
            int name = at + HEADER_LENGTH;
            String text = new String(
                    head, name, Math.min(Math.min(nameLength, NAME_MAX), to - name), StandardCharsets.ISO_8859_1);
            int content = (int) Math.min((long) name + nameLength + u16(head, at + EXTRA_LENGTH_AT), to);
            MagicType kind = kind(text, head, content, to);
            if (isFinal(kind)) {
                return kind;
            }
            if (kind != MagicType.ZIP && found != MagicType.JAR) {
                found = kind;
            }
            at = Math.max(at + 4, Math.min(name + nameLength, to));
        }
        return found == MagicType.ZIP && !isZip(head, from, to) ? MagicType.UNKNOWN : found;
    }

    private static boolean isZip(byte[] head, int from, int to) {
        return ContentLook.startsWith(head, from, to, "PK\u0003\u0004")
                || ContentLook.startsWith(head, from, to, "PK\u0005\u0006")
                || ContentLook.startsWith(head, from, to, "PK\u0007\u0008");
    }

    private static boolean isFinal(MagicType kind) {
        return kind != MagicType.ZIP && kind != MagicType.OOXML && kind != MagicType.JAR;
    }

    private static MagicType kind(String name, byte[] head, int content, int to) {
        if (name.startsWith("word/")) {
            return MagicType.DOCX;
        }
        if (name.startsWith("xl/")) {
            return MagicType.XLSX;
        }
        if (name.startsWith("ppt/")) {
            return MagicType.PPTX;
        }
        if (name.equals("AndroidManifest.xml") || name.equals("classes.dex")) {
            return MagicType.APK;
        }
        if (name.equals("mimetype")) {
            return ContentLook.startsWith(head, content, to, "application/epub+zip")
                    ? MagicType.EPUB
                    : MagicType.OPEN_DOCUMENT;
        }
        if (name.equals("[Content_Types].xml") || name.equals("_rels/.rels") || name.startsWith("docProps/")) {
            return MagicType.OOXML;
        }
        return name.startsWith("META-INF/") ? MagicType.JAR : MagicType.ZIP;
    }

    private static int u16(byte[] head, int at) {
        return head[at] & 0xff | (head[at + 1] & 0xff) << 8;
    }
}
