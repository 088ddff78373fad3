package jp.genkan.protocols.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Types that one mark at a fixed place does not tell: looks a little further into the first octets. Every look is one pass over them. Stateless. */
final class ContentLook {
    private static final int DOS_HEADER_LENGTH = 64;
    private static final int PE_OFFSET_AT = 0x3c;
    private static final int CLASS_VERSION_MIN = 43; // Java 1.0.2 wrote 45; below it is the count of a fat Mach-O file
    private static final int COMPOUND_DIRECTORY_AT = 48; // [MS-CFB] §2.2
    private static final int COMPOUND_SHIFT_AT = 30;
    private static final int COMPOUND_CLSID_AT = 80; // in the root entry, [MS-CFB] §2.6.1
    private static final int MSI_CLSID = 0x000c1084;

    /** Names by which a browser takes text for HTML (WHATWG MIME Sniffing §7.1), behind "&lt;", in lower case. */
    private static final String[] TAGS = {
        "!doctype html",
        "html",
        "head",
        "script",
        "iframe",
        "h1",
        "div",
        "font",
        "table",
        "a ",
        "style",
        "title",
        "b>",
        "body",
        "br",
        "p>",
        "!--",
        "meta"
    };

    private ContentLook() {}

    static MagicType find(byte[] head, int from, int to) {
        return switch (head[from] & 0xff) {
            case 'M' -> startsWith(head, from, to, "MZ") ? executable(head, from, to) : text(head, from, to);
            case 'P' -> startsWith(head, from, to, "PK") ? ZipLook.find(head, from, to) : text(head, from, to);
            case 'R' -> startsWith(head, from, to, "RIFF") ? riff(head, from, to) : text(head, from, to);
            case 'B' -> bitmapOrBzip(head, from, to);
            case 0xca -> fatOrClass(head, from, to);
            case 0x60 -> to - from > 1 && (head[from + 1] & 0xff) == 0xea ? MagicType.ARJ : text(head, from, to);
            case 0 -> icon(head, from, to) ? MagicType.ICO : text(head, from, to);
            case 0xff -> soundFrame(head, from, to) ? MagicType.MP3 : text(head, from, to);
            case 'F', 'C', 'Z' -> flash(head, from, to) ? MagicType.SWF : text(head, from, to);
            default -> text(head, from, to);
        };
    }

    private static MagicType executable(byte[] head, int from, int to) {
        if (to - from < DOS_HEADER_LENGTH) {
            return MagicType.DOS_EXECUTABLE;
        }
        long at = from + u32(head, from + PE_OFFSET_AT);
        return at + 4 <= to && startsWith(head, (int) at, to, "PE\0\0") ? MagicType.PE : MagicType.DOS_EXECUTABLE;
    }

    private static MagicType riff(byte[] head, int from, int to) {
        int form = from + 8;
        if (startsWith(head, form, to, "WEBP")) {
            return MagicType.WEBP;
        }
        if (startsWith(head, form, to, "WAVE")) {
            return MagicType.WAV;
        }
        return startsWith(head, form, to, "AVI ") ? MagicType.AVI : MagicType.UNKNOWN;
    }

    private static MagicType bitmapOrBzip(byte[] head, int from, int to) {
        if (startsWith(head, from, to, "BZh")) {
            return MagicType.BZIP2;
        }
        // [MS-WMF] §2.2.2: the header's length follows the file header, and the reserved fields are 0
        if (startsWith(head, from, to, "BM") && to - from >= 18 && u32(head, from + 6) == 0) {
            long header = u32(head, from + 14);
            if (header == 12 || header >= 40 && header <= 124) {
                return MagicType.BMP;
            }
        }
        return text(head, from, to);
    }

    private static MagicType fatOrClass(byte[] head, int from, int to) {
        if (to - from < 8 || Integer.reverseBytes((int) u32(head, from)) != 0xcafe_babe) {
            return text(head, from, to);
        }
        int count = (head[from + 6] & 0xff) << 8 | head[from + 7] & 0xff;
        return count < CLASS_VERSION_MIN && head[from + 4] == 0 && head[from + 5] == 0
                ? MagicType.MACH_O
                : MagicType.JAVA_CLASS;
    }

    private static boolean icon(byte[] head, int from, int to) {
        return to - from >= 22
                && head[from + 1] == 0
                && (head[from + 2] == 1 || head[from + 2] == 2)
                && head[from + 3] == 0
                && head[from + 4] != 0
                && head[from + 5] == 0
                && head[from + 9] == 0;
    }

    /** ISO/IEC 11172-3 §2.4.1.3: eleven set bits, a layer, a bit rate and a sampling rate that exist. */
    private static boolean soundFrame(byte[] head, int from, int to) {
        return to - from >= 4
                && (head[from + 1] & 0xe6) == 0xe2
                && (head[from + 2] & 0xf0) != 0xf0
                && (head[from + 2] & 0x0c) != 0x0c
                && (head[from + 1] & 0x18) != 0x08;
    }

    private static boolean flash(byte[] head, int from, int to) {
        return to - from >= 8
                && head[from + 1] == 'W'
                && head[from + 2] == 'S'
                && head[from + 3] > 0
                && head[from + 3] < 64;
    }

    /** OLE2: an installer says so in its root entry, when that is near enough. */
    static MagicType compound(byte[] head, int from, int to) {
        if (to - from >= 512) {
            int shift = Math.clamp(head[from + COMPOUND_SHIFT_AT], 9, 12);
            long root = from + ((u32(head, from + COMPOUND_DIRECTORY_AT) + 1) << shift) + COMPOUND_CLSID_AT;
            if (root + 4 <= to && u32(head, (int) root) == MSI_CLSID) {
                return MagicType.MSI;
            }
        }
        return MagicType.OLE2;
    }

    private static MagicType text(byte[] head, int from, int to) {
        if (isWideText(head, from, to)) {
            return MagicType.TEXT;
        }
        for (int at = from; at < to; at++) {
            if (!isTextOctet(head[at])) {
                return startsWith(head, from + 2, to, "-lh") && isLzh(head, from, to)
                        ? MagicType.LZH
                        : MagicType.UNKNOWN;
            }
        }
        if (startsWith(head, from, to, "#!")) {
            return MagicType.SCRIPT;
        }
        return markup(head, from, to);
    }

    private static boolean isLzh(byte[] head, int from, int to) {
        return to - from > 6 && head[from + 6] == '-';
    }

    private static boolean isWideText(byte[] head, int from, int to) {
        if (to - from < 2) {
            return false;
        }
        int mark = (head[from] & 0xff) << 8 | head[from + 1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe;
    }

    private static boolean isTextOctet(byte octet) {
        int value = octet & 0xff;
        return value >= ' ' && value != 0x7f || value >= 7 && value <= '\r' || value == 0x1b;
    }

    private static MagicType markup(byte[] head, int from, int to) {
        int at = startsWith(head, from, to, "\u00ef\u00bb\u00bf") ? from + 3 : from;
        while (at < to && (head[at] == ' ' || head[at] >= '\t' && head[at] <= '\r')) {
            at++;
        }
        if (at >= to || head[at] != '<') {
            return MagicType.TEXT;
        }
        String begin =
                new String(head, at, Math.min(to - at, 1024), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (begin.startsWith("<svg")) {
            return MagicType.SVG;
        }
        if (begin.startsWith("<?xml")) {
            if (begin.contains("<svg")) {
                return MagicType.SVG;
            }
            return begin.contains("<html") || begin.contains("<!doctype html") ? MagicType.HTML : MagicType.XML;
        }
        for (String tag : TAGS) {
            if (begin.startsWith(tag, 1)) {
                return MagicType.HTML;
            }
        }
        return MagicType.TEXT;
    }

    static boolean startsWith(byte[] head, int from, int to, String text) {
        if (to - from < text.length()) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            if ((head[from + index] & 0xff) != text.charAt(index)) {
                return false;
            }
        }
        return true;
    }

    static long u32(byte[] head, int at) {
        return (head[at] & 0xffL)
                | (head[at + 1] & 0xffL) << 8
                | (head[at + 2] & 0xffL) << 16
                | (head[at + 3] & 0xffL) << 24;
    }
}
